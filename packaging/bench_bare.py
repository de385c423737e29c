"""The yardstick: a window with nothing in it, or with some Japanese text.

Prints a JSON line when it was painted (monotonic, ns) and one with its peak memory.
"""

import argparse
import json
import time

from bench_memory import peak_kib
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget

TEXT = "\n".join(
    (
        "佐藤 健 様より 03-1234-1234",
        "営業部 田中 花子 へ転送しました",
        "発信された可能性があります",
        "通話履歴 サポート",
    )
)


class FirstPaint(QObject):
    """Quits once ``window`` has been painted and the event loop is free again: from then on it takes keys."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._seen = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        print(json.dumps({"painted_at": time.monotonic_ns()}), flush=True)
        QApplication.quit()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", default="1180x768")
    parser.add_argument("--text", action="store_true")
    chosen = parser.parse_args()
    width, height = (int(part) for part in chosen.size.split("x"))
    app = QApplication([])
    window = QLabel(TEXT) if chosen.text else QWidget()
    window.resize(width, height)
    watcher = FirstPaint(window)
    window.show()
    app.exec()
    del watcher
    print(json.dumps({"peak_kib": peak_kib()}), flush=True)


if __name__ == "__main__":
    main()
