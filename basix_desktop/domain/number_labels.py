"""The words beside a number in a signature or on a business card, and what looks like a number but is none."""

from __future__ import annotations

import re

_TEL = re.compile(
    r"(?<![a-zà-ÿ])(?:t[eé]l(?![eé]?fax|[eé]copie)|fon)|phone|電話|でんわ|テレホン|"
    r"(?<![a-z])(?:t|p|ph)[.:](?![a-z])",
    re.I,
)
_FAX = re.compile(r"fax|facsimile|t[eé]l[eé]copie|ファックス|ファクス|ファクシミリ|(?<![a-z])f[.:]", re.I)
_KNOWN = re.compile(
    r"(?<![a-zà-ÿ])(?:t[eé]l[eé]?fax|t[eé]l[eé]copie|t[eé]l(?:[eé](?:phone|fon))?|fon|mobil(?!e)|handy)|fax|facsimile|"
    r"(?:mobile|cell|direct|main|office|home|work)(?: ?phone)?|phone|"
    r"(?:携帯|固定|直通|代表|自宅|会社|勤務先|緊急)?(?:お)?電話(?:番号)?|携帯|直通|代表|代|自宅|会社|本社|支店|受付|フリーダイヤル|"
    r"ファックス|ファクス|ファクシミリ|連絡先|(?<![a-z])(?:t|f|m|d|p|ph)(?=[.:](?![a-z]))",
    re.I,
)
#: Words before digits that say they are something else. Any コード, ナンバー or パスワード is, but for a telephone's.
_OTHER = re.compile(
    r"(?:(?:注文|受注|発注|伝票|請求書?|見積書?|会員|顧客|お客様|口座|管理|受付|予約|問い?合わ?せ|追跡|送り状|荷物|社員|学籍|登録|法人|"
    r"許可|免許|商品|製品|品番|型番|型式|製造|シリアル|整理|受験|案件|契約|証券|カード|保険証|マイナンバー|個人|"
    r"クーポン|データ|担当者|確認|認証|暗証|照会|申込|申請|事業者|患者|診察券|チケット)"
    r"(?:番号|no\.?|id)|コード|(?<=\w)(?<!電話)(?<!tel)(?<!フリー)ナンバー|パスワード|品番|型番|伝票|口座|〒|郵便番号|"
    r"(?<![a-zà-ÿ])(?:"
    r"(?:order|invoice|tracking|serial|acc(?:oun)?t|confirmation|customer|ticket|case|reference|ref|part|item|policy|parcel|"
    r"po|p\.o\.|zip|vat)(?: ?(?:no|nr|num|number|id|code|#))?\.?|conf ?#|isbn|jan|sku|uuid|id|iban|"
    r"(?:bestell|auftrags|kunden|kd\.?|rechnungs|vorgangs|artikel|konto|vertrags|sendungs|steuer|id|ident)"
    r"[- ]?(?:nummer|nr\.?)|konto|siret|siren|"
    r"n° ?(?:de )?(?:client|commande|facture|dossier|contrat)|(?:client|commande|facture|dossier|contrat) ?n°"
    r"))は?[\s:.=#|]*$",
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
    return bool(_OTHER.search(before[-40:]))


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
    if found is None or not _KNOWN.search(found[1] + ":"):
        return "", 0
    return found[1].strip(), found.end()


def has_words(between: str) -> bool:
    """Whether more than known marks, remarks in brackets and signs stand between a prefix and its number."""
    return bool(re.search(r"[^\W\d_]", _KNOWN.sub("", re.sub(r"[(\[][^()\[\]]*[)\]]", "", between))))


_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MASKS = (
    re.compile(r"[\w.+%-]+@[\w.-]+"),
    re.compile(r"(?!callto:)\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+", re.I),
    re.compile(r"(?<!\d)(?<!\d[-/.])(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?!\d|[-/.]\d)"),
    re.compile(r"(?<!\d)(?<!\d[-/.])\d{1,2}([-/.])\d{1,2}\1(?:19|20)\d\d(?!\d|[-/.]\d)"),
    # 9:00-18:00, but not the 1:03 of "TEL1:03-1234-5678" or "1:03 1234 5678"
    re.compile(
        r"(?<!\d)[0-2]?\d:[0-5]\d(?::\d\d)?(?!\d|[-.(]\d(?!\d?:)| [1-9]\d{0,3}[- ]\d{4}(?!\d))(?: ?[ap]\.?m\b)?", re.I
    ),
    re.compile(rf"(?<=\s){_DAY}(?:/{_DAY}|\.{_DAY}\.)(?![\d/.-]|\s+[\d+(])"),  # 11/29 behind a number
    re.compile(r"[¥$€£₩] ?\d[\d,.]*"),
    re.compile(r"(?<![\d.+(-])\d[\d,.]*(?:円| ?€)"),
    re.compile(r"(?<![\d,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])"),
    re.compile(r"(?<![\d.+(-])\d{1,4}(?:年|月|日|時|分|丁目|番地|階|件|名|人|回|個|台|%)"),
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
