#!/usr/bin/env python3
"""Records what ftfy makes of damaged and sound words: see README.md beside this file.

    python3 record_words.py TOOLS FIGURES
"""
import html
import json
import os
import random
import re
import sys

sys.path.insert(0, os.path.join(sys.argv[1], "python-ftfy"))
import ftfy  # noqa: E402

WORDS = """
škoda voilà château façade naïve Zürich Ærø smörgåsbord łódź über crème brûlée piñata señor jalapeño Đorđe čaj žába řeka kůň
a cat, the dog; «demi» “quoted” don’t £5 €20 20°C ±3 ½ cup © 2024 ™ – — … µm ñandú ÉTÉ L'ÉTÉ São Paulo İstanbul ığdır
кот Москва дом ёлка а и я собака українська їжак ελληνικά γάτα σκύλος α ω שלום חתול مرحبا قطة كلب बिल्ली कुत्ता แมว 猫 日本語 東京 犬 中文 고양이 한국
🐈 😀 → ★ ♥ ² × ÷ § ¶ ¿qué? ¡hola!
""".split()
PHRASES = ["le chat", "voilà le chat", "Ã la carte", "Škoda car", "the “big” dog", "à bientôt", "é è ê", "École", "l’humanité", "Å and Ä"]


def damaged(text, encoding):
    """The text as somebody sees it who takes its UTF-8 for another encoding."""
    data = text.encode("utf-8")
    if encoding == "latin-1":
        return data.decode("latin-1")
    return "".join(bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in data)


def case(chance):
    pieces = []
    for _ in range(chance.randint(1, 4)):
        word = chance.choice(WORDS if chance.random() < 0.85 else PHRASES)
        if chance.random() < 0.6:
            word = damaged(word, chance.choice(["cp1252", "cp1252", "latin-1"]))
        pieces.append(word)
    text = chance.choice([" ", " ", ", ", ""]).join(pieces)
    # Somebody may have made blanks of the byte 0xA0, or damaged the whole a second time.
    if chance.random() < 0.2:
        text = text.replace("\u00a0", " ")
    return damaged(text, "cp1252") if chance.random() < 0.05 else text


def cleaned(text):
    """As CLIP's tokenizer cleans a text before it is tokenized."""
    return re.sub(r"\s+", " ", html.unescape(html.unescape(ftfy.fix_text(text)))).strip()


def main():
    chance = random.Random(20)
    texts = dict.fromkeys(case(chance) for _ in range(420))
    with open(os.path.join(sys.argv[2], "words.json"), "w", encoding="utf-8") as file:
        lines = ",\n".join(json.dumps([text, cleaned(text)], ensure_ascii=True) for text in texts)
        file.write(f'{{"tool": "ftfy {ftfy.__version__}", "cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
