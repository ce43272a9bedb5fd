"""Wording of model cards, in English and Russian; texts in braces are filled in by `tagger.training.cards`."""

CARD = {
    "en": """# Model card

Says which event types a Russian news article and each of its paragraphs report, with calibrated probabilities and the
words that decided. A linear model over TF-IDF features of lemmas; every score is the exact sum of its evidence.

## Event types
{types}

## Trained on
{articles} articles, {paragraphs} paragraphs; {terms} terms.

## How good it is
Out-of-fold figures on the training corpus: every article was scored by a model that had not seen it. F1 with 95 %
bootstrap interval over articles. News from elsewhere may differ: measure on your own with `tagger evaluate`.

Paragraphs:

| event type | paragraphs | precision | recall | F1 | average precision | calibration error |
|---|---|---|---|---|---|---|
{paragraph_table}

Articles:

| event type | articles | precision | recall | F1 | average precision | calibration error |
|---|---|---|---|---|---|---|
{article_table}

{chrome}

## Thresholds
Probabilities from which a label is given, and between which a person should look: {reviewed} of the paragraphs; of the others
{right} % have all labels right.

| event type | paragraph | review band | article |
|---|---|---|---|
{thresholds}

## Where it fails
{failures}

## Not meant for
Decisions about people; proof that an event took place; texts other than news.
""",
    "ru": """# Паспорт модели

Определяет, о событиях каких типов сообщают новость на русском языке и каждый её абзац, с калиброванной вероятностью и
словами, которые решили дело. Линейная модель на TF-IDF-признаках лемм; каждая оценка равна сумме своих оснований.

## Типы событий
{types}

## На чём обучена
{articles} статей, {paragraphs} абзацев; {terms} признаков.

## Насколько хороша
Показатели вне обучающей части: каждую статью оценивала модель, которая её не видела. F1 с 95-процентным интервалом
(бутстрэп по статьям). На других новостях показатели могут отличаться: проверьте на своих командой `tagger evaluate`.

Абзацы:

| тип события | абзацев | точность | полнота | F1 | средняя точность | ошибка калибровки |
|---|---|---|---|---|---|---|
{paragraph_table}

Статьи:

| тип события | статей | точность | полнота | F1 | средняя точность | ошибка калибровки |
|---|---|---|---|---|---|---|
{article_table}

{chrome}

## Пороги
Вероятность, начиная с которой ставится метка, и полоса, в которой стоит посмотреть человеку: {reviewed} абзацев; из остальных
у {right} % все метки верны.

| тип события | абзац | полоса проверки | статья |
|---|---|---|---|
{thresholds}

## Где ошибается
{failures}

## Для чего не годится
Решения о людях; доказательство того, что событие было; тексты, которые не являются новостями.
""",
}
"""The cards, to be filled in."""

CHROME = {
    "en": (
        "No page chrome was marked in the corpus: the model takes no paragraph for it.",
        "Page chrome is recognised with F1 {}.",
    ),
    "ru": (
        "Обвязка страниц в корпусе не отмечена: модель не узнаёт её ни в одном абзаце.",
        "Обвязка страницы распознаётся с F1 {}.",
    ),
}
"""Of a corpus without page chrome, and with it."""

READ = {
    "en": """- Headlines that are images or name only the outcome; events told without their usual words.
- Terms, results, quotes and comments in paragraphs that no longer name the event, and an event that is one
  paragraph of a survey: missed.
- Paragraphs about something else beside the report of an event, and page chrome that names one: labelled too often.
- Events of the same words that do not count: older agreements, totals, exhibitions, sessions of councils.
- Genres the corpus has few of: broadcasts, long analytical essays, other languages than Russian.""",
    "ru": """- Образные заголовки и заголовки, где назван только итог; событие, описанное без привычных слов.
- Пропускает условия, итоги, цитаты и комментарии в абзацах, где событие уже не названо, и событие, которому в обзоре
  отведён один абзац.
- Ставит лишнюю метку соседним абзацам о другом, а также анонсам и меню, где событие названо.
- Те же слова без события: прежние соглашения, итоги, выставки, сессии советов.
- Жанры, которых мало в корпусе: эфиры, длинная аналитика; тексты не на русском языке.""",
}
"""Where the model of the seed corpus fails, as read by people."""

LOWEST = {
    "en": {
        "f1": "- Worst recognised in articles: {}, F1 {}.",
        "recall": "- Most often missed: {}, recall {}.",
        "precision": "- Most often given wrongly: {}, precision {}.",
    },
    "ru": {
        "f1": "- Хуже всего узнаёт в статьях: {}, F1 {}.",
        "recall": "- Чаще всего пропускает: {}, полнота {}.",
        "precision": "- Чаще всего ставит зря: {}, точность {}.",
    },
}
"""Figure → what its lowest value tells."""

UNREAD = {
    "en": "- Nobody has described its mistakes; `tagger evaluate --report` lists those on your articles.",
    "ru": "- Ошибки этой модели никто не описал; `tagger evaluate --report` покажет их на ваших статьях.",
}
"""Of a model whose mistakes nobody has read."""
