"""Numbers that cannot be called: what the number field was given."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence, refused_input

NUMBERS: dict[str, Sentence] = {
    "number_missing": refused_input(
        "No number has been entered.",
        "Type or paste the number to call.",
        "電話番号が入力されていません。",
        "発信する番号を入力するか貼り付けてください。",
    ),
    "not_a_number": refused_input(
        "This does not read as a phone number.",
        "Type the number with its area code, for example 03-1234-1234.",
        "電話番号として読み取れません。",
        "市外局番から入力してください（例：03-1234-1234）。",
    ),
    "number_ambiguous": refused_input(
        "There is more than one number in this text.",
        "Choose the one to call.",
        "複数の番号が含まれています。",
        "発信する番号を選んでください。",
    ),
    "number_too_long": refused_input(
        "This text is too long to be read as a number.",
        "Paste only the number (at most 256 characters).",
        "長すぎるため番号として読み取れません。",
        "番号の部分だけを貼り付けてください（256文字まで）。",
    ),
    "number_has_pauses": refused_input(
        "The number holds pauses or digits to be dialled after the answer, which the PBX cannot send.",
        "Enter the number without them.",
        "番号に待ち時間や、応答後に送る番号が含まれています。PBXからは送れません。",
        "それらを除いた番号を入力してください。",
    ),
    "number_has_controls": refused_input(
        "The text holds invisible control characters, so it is not certain which number is meant.",
        "Type the number by hand.",
        "目に見えない制御文字が含まれているため、番号を特定できません。",
        "番号を手入力してください。",
    ),
    "number_is_code": refused_input(
        "This is a service code for a telephone, not a number to call.",
        "Enter a phone number.",
        "これは電話機の操作コードで、発信できる番号ではありません。",
        "電話番号を入力してください。",
    ),
    "number_context_unknown": refused_input(
        "The link holds a local number of another network, which cannot be called from here.",
        "Enter the number with its country or area code.",
        "このリンクの番号は別のネットワーク内だけの番号のため、ここからは発信できません。",
        "国番号または市外局番から入力してください。",
    ),
    "emergency_number": Sentence(
        "emergency number",
        "Emergency numbers cannot be called from here",
        "The PBX cannot connect emergency calls, and rescuers would not see where you are.",
        "Use a telephone.",
        "緊急通報番号",
        "緊急通報番号には発信できません",
        "PBX経由では緊急通報につながらず、発信場所も伝わりません。",
        "電話機から直接おかけください。",
    ),
    "number_blocked": Sentence(
        "number blocked",
        "This kind of number is blocked",
        "Premium-rate and satellite numbers are expensive and are blocked in the settings.",
        "If it must be called, allow such numbers in Settings.",
        "発信制限",
        "この種類の番号への発信は制限されています",
        "有料情報サービスや衛星電話は料金が高いため、設定で制限されています。",
        "必要な場合は設定で許可してください。",
    ),
}
