"""The words beside a number in a signature or on a business card, and what looks like a number but is none."""

from __future__ import annotations

import re

_TEL = re.compile(r"tel(?:ephone)?|phone|電話|でんわ|テレホン|(?<![a-z])(?:t|ph)[.:]", re.I)
_FAX = re.compile(r"fax|facsimile|ファックス|ファクス|ファクシミリ|ﾌｧｯｸｽ|(?<![a-z])f[.:]", re.I)
_KNOWN = re.compile(
    r"tel(?:ephone)?|(?:mobile|cell|direct|main|office|home|work)(?: ?phone)?|phone|fax|facsimile|"
    r"(?:携帯|固定|直通|代表|自宅|会社|勤務先|緊急)?(?:お)?電話(?:番号)?|携帯|直通|代表|代|自宅|会社|本社|支店|受付|フリーダイヤル|"
    r"ファックス|ファクス|ファクシミリ|連絡先|(?<![a-z])(?:t|f|m|d|ph)(?=[.:])",
    re.I,
)
#: Words before digits that say they are something else.
_OTHER = re.compile(
    r"(?:(?:注文|受注|発注|伝票|請求書?|見積書?|会員|顧客|お客様|口座|管理|受付|予約|問い?合わ?せ|追跡|送り状|荷物|社員|学籍|登録|法人|"
    r"許可|免許|商品|製品|品番|型番|型式|製造|シリアル|整理|受験|案件|契約|証券|カード|保険証|マイナンバー|個人)"
    r"(?:番号|ナンバー|コード|no\.?|id)|品番|型番|伝票|口座|〒|郵便番号|"
    r"\b(?:order|invoice|tracking|serial|account|customer|ticket|case|reference|ref|part|item|policy|parcel|po|p\.o\.|zip)"
    r"(?: ?(?:no|nr|num|number|id|code|#))?\.?|\bisbn|\bjan|\bsku|\buuid|\bid)[\s:.=#|]*$",
    re.I,
)
_JOINING = frozenset({"or", "and", "または", "又は", "もしくは", "及び", "および"})
_WORD = re.compile(r"[^\W\d_][^\s|:;,()\[\]<>]*")
_SUFFIX = re.compile(r" ?[(\[]([^()\[\]\d]{1,12})[)\]]")


def is_tel(label: str) -> bool:
    """Marked TEL or 電話."""
    return bool(_TEL.search(label + ":"))


def is_fax(label: str) -> bool:
    """Marked as a fax and not as a telephone too ("TEL/FAX")."""
    return bool(_FAX.search(label + ":")) and not is_tel(label)


def is_something_else(before: str) -> bool:
    """Whether the words right before digits name an order, an account, a postal code …"""
    line = before.rsplit("\n", 1)[-1]
    return bool(_OTHER.search(line[-40:]))


def label_before(before: str) -> str:
    """The mark a number has: the known words of the text before it, or its last word, at most 20 characters."""
    lines = [line for line in before.split("\n") if re.search(r"\w|〒", line)]
    line = lines[-1][-40:] if lines else ""
    known = [found[0].strip() for found in _KNOWN.finditer(line)]
    if known:
        return "/".join(dict.fromkeys(known))[:20]
    words = [word for word in _WORD.findall(line) if word.lower() not in _JOINING]
    return words[-1].rstrip(".。、・-")[:20] if words else ""


def label_behind(behind: str) -> tuple[str, int]:
    """(a known mark in brackets right behind a number, how many characters it takes), or ("", 0)."""
    found = _SUFFIX.match(behind)
    if found is None or not _KNOWN.search(found[1]):
        return "", 0
    return found[1].strip(), found.end()


_MASKS = (
    re.compile(r"[\w.+%-]+@[\w.-]+"),
    re.compile(r"(?!callto:)\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+", re.I),
    re.compile(r"〒 ?\d{3}[- ]?\d{4}(?!\d)"),
    re.compile(r"(?<!\d)(?<!\d[-/.])(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?!\d|[-/.]\d)"),
    re.compile(r"(?<!\d)(?<!\d[-/.])\d{1,2}([-/.])\d{1,2}\1(?:19|20)\d\d(?!\d|[-/.]\d)"),
    re.compile(r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)(?: ?[ap]\.?m\b)?", re.I),
    re.compile(r"[¥$€£₩] ?\d[\d,.]*"),
    re.compile(r"(?<![\d,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])"),
    re.compile(r"(?<![\d.+(-])\d{1,4}(?:,\d{3})*(?:年|月|日|時|分|円|丁目|番地|階|件|名|人|回|個|台|%)"),
)
_OCTETS = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)")


def mask(folded: str) -> str:
    """The text with addresses, dates, times, prices and postal codes replaced by ``|``, of the same length."""
    for pattern in _MASKS:
        folded = pattern.sub(lambda found: "|" * len(found[0]), folded)
    return _OCTETS.sub(_mask_octets, folded)


def _mask_octets(found: re.Match[str]) -> str:
    octets = found[0].split(".")
    is_address = all(int(octet) < 256 for octet in octets) and any(len(octet) != 2 for octet in octets)
    return "|" * len(found[0]) if is_address else found[0]
