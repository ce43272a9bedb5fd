"""Documents of every kind, each made by its own writer, around the same article."""

import csv
import gzip
import io
import json
import re
import sys
import zipfile
from datetime import date, datetime
from email.message import EmailMessage
from importlib.resources import files

TITLE = "Завод и область подписали соглашение"
PARAGRAPHS = [
    "Губернатор области Иван Петров и директор завода Сергей Сидоров подписали соглашение о сотрудничестве на "
    "промышленном форуме в Москве.",
    "Документ предусматривает строительство новой производственной линии и создание двухсот рабочих мест до конца "
    "следующего года. Объём вложений составит миллиард рублей, половину суммы даст социально-экономическая программа.",
    "«Мы готовились к этому шагу больше года», — сказал Сидоров журналистам после церемонии.",
]
TEXT = "\n".join([TITLE, *PARAGRAPHS])
ADDRESS = "https://www.luki-vestnik.ru/news/soglashenie.html"

PAGE = f"""<!DOCTYPE html>
<!-- saved from url=(0049){ADDRESS} -->
<html lang="ru"><head><meta charset="utf-8"><title>{TITLE} — Вестник Лук</title>
<meta property="og:site_name" content="Вестник Лук"><meta property="og:title" content="{TITLE}">
<meta property="article:published_time" content="2024-11-15T10:30:00+03:00"><link rel="canonical" href="{ADDRESS}">
<script>window.counter = {{"id": "нет"}};</script><style>body {{ margin: 0 }}</style></head><body>
<header><a class="logo" href="/">Вестник Лук</a><nav><ul><li><a href="/">Главная</a></li><li><a href="/news">Новости</a></li>
<li><a href="/sport">Спорт</a></li><li><a href="/afisha">Афиша</a></li></ul></nav></header>
<div class="layout"><article class="news-item"><h1>{TITLE}</h1><div class="meta">15 ноября 2024, 10:30</div>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>
<div class="banner"><a href="/ad">Реклама</a></div><p>{PARAGRAPHS[2]}</p></article>
<div class="comments" id="comments"><h3>Комментарии</h3><p>Вася: хорошая новость, давно пора!</p></div></div>
<aside><h3>Читайте также</h3><ul><li><a href="/1">Погода в выходные: снег и ветер</a></li>
<li><a href="/2">Кубок города по хоккею разыграют в субботу</a></li></ul></aside>
<footer>© 2001–2026 Вестник Лук. Все права защищены. 12+</footer></body></html>"""


SYLLABLE = re.compile("([аеиоуыэюя][бвгджзклмнпрстфхцчшщ])(?=[бвгджзклмнпрстфхцчшщ][аеиоуыэюя])")


def word(paragraphs=(TITLE, *PARAGRAPHS), table=(), title=""):
    import docx

    document, stream = docx.Document(), io.BytesIO()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    document.save(stream)
    return stream.getvalue()


def pdf(paragraphs=(TITLE, *PARAGRAPHS), *, pages=1, gap=3, indent=False, hyphens=False, password=None):
    from fpdf import FPDF

    document = FPDF()
    document.add_font("Roboto", fname=str(files("font_roboto") / "files" / "Roboto-Regular.ttf"))
    document.set_font("Roboto", size=12)
    document.set_title(TITLE)
    if password:
        document.set_encryption(owner_password="owner", user_password=password)
    for number in range(pages):
        document.add_page()
        for paragraph in paragraphs:
            text = SYLLABLE.sub("\\1\u00ad", paragraph) if hyphens else paragraph
            document.multi_cell(0, 6, "      " * indent + text, align="J", new_x="LMARGIN", new_y="NEXT")
            document.ln(gap)
        document.set_y(-30)
        document.cell(0, 6, f"— {number + 1} —", align="C")
    return bytes(document.output())


def mail(*, plain=TEXT, html=None, attachment=None, charset="utf-8"):
    message = EmailMessage()
    message["From"] = "Пресс-служба завода <press@zavod.example>"
    message["To"] = "news@vestnik.example"
    message["Subject"] = TITLE
    message["Date"] = datetime.fromisoformat("2024-11-15T10:30:00+03:00")
    if plain is not None:
        message.set_content(plain, charset=charset)
    if html is not None and plain is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    if attachment is not None:
        message.add_attachment(attachment, maintype="application", subtype="octet-stream", filename="фото.bin")
    return message.as_bytes()


ROWS = [
    {"id": 7, "заголовок": TITLE, "текст": "\n".join(PARAGRAPHS), "дата": "15.11.2024", "источник": "Вестник Лук"},
    {"id": 8, "заголовок": "Погода", "текст": "Ожидается дождь; ветер, «порывы».", "дата": "", "источник": ADDRESS},
]


def table(rows=ROWS, *, delimiter=";", encoding="utf-8-sig"):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def spreadsheet(rows=ROWS, *, above=(), other_sheet=False):
    from openpyxl import Workbook

    book, stream = Workbook(), io.BytesIO()
    sheet = book.active
    for line in (*above, list(rows[0]), *(list(row.values()) for row in rows)):
        sheet.append(line)
    if rows is ROWS:
        sheet.cell(len(above) + 2, 4).value = date(2024, 11, 15)
    if other_sheet:
        book.create_sheet("Сводка").append(["Всего", 2])
    book.save(stream)
    return stream.getvalue()


def parquet(rows=ROWS):
    import pyarrow as pa
    from pyarrow.parquet import write_table

    stream = io.BytesIO()
    write_table(pa.Table.from_pylist(rows), stream)
    return stream.getvalue()


def zipped(contents):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return stream.getvalue()


def zstd(data):
    if sys.version_info >= (3, 14):
        from compression import zstd as library
    else:
        from backports import zstd as library
    return library.compress(data)


def json_lines(texts=(TEXT, "Погода\nОжидается дождь.")):
    return "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts).encode()


def every_kind():
    """File name → bytes; each holds the article."""
    return {
        "a.txt": TEXT.encode(),
        "a.html": PAGE.encode(),
        "a.docx": word(),
        "a.pdf": pdf(),
        "a.eml": mail(),
        "a.jsonl": json_lines(),
        "a.csv": table(),
        "a.xlsx": spreadsheet(),
        "a.parquet": parquet(),
        "a.txt.gz": gzip.compress(TEXT.encode()),
        "a.jsonl.zst": zstd(json_lines()),
        "a.zip": zipped({"inner/a.txt": TEXT, "b.html": PAGE}),
    }
