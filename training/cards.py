"""Model cards: how good a model is, on what, and where it fails, in English and Russian [1]_.

.. [1] Mitchell et al. (2019), Model cards for model reporting.
"""

from collections.abc import Callable

from tagger.artifact import CARDS
from tagger.model import Model
from tagger.training.corpus import Corpus
from tagger.training.evaluation import Evaluation, Row


def model_cards(model: Model, corpus: Corpus, evaluation: Evaluation) -> dict[str, str]:
    """The texts of `tagger.artifact.CARDS`; they hold no date, so that equal trainings give equal cards."""
    return {
        CARDS[0]: _card(_ENGLISH, model, corpus, evaluation, "en"),
        CARDS[1]: _card(_RUSSIAN, model, corpus, evaluation, "ru"),
    }


def _card(text: str, model: Model, corpus: Corpus, evaluation: Evaluation, language: str) -> str:
    titles = {event_type.id: event_type.title(language) for event_type in model.event_types}

    def number(value: float) -> str:
        return f"{value:.2f}" if language == "en" else f"{value:.2f}".replace(".", ",")

    return text.format(
        types="\n".join(f"- **{event_type.title(language)}** (`{event_type.id}`)" for event_type in model.event_types),
        articles=len(corpus),
        paragraphs=evaluation.n_paragraphs,
        terms=len(model.vocabulary),
        paragraph_table=_table(evaluation.paragraph, titles, number),
        article_table=_table(evaluation.article, titles, number),
        boilerplate=number(evaluation.boilerplate.f1),
        reviewed=f"{evaluation.reviewed:.0%}",
        right=number(100 * evaluation.right_outside_review),
        thresholds="\n".join(
            f"| {titles[label]} | {number(model.paragraph.threshold[column])} | "
            f"{number(model.paragraph.review_low[column])}–{number(model.paragraph.review_high[column])} | "
            f"{number(model.article.threshold[column])} |"
            for column, label in enumerate(model.labels)
        ),
    )


def _table(rows: tuple[Row, ...], titles: dict[str, str], number: Callable[[float], str]) -> str:
    return "\n".join(
        f"| {titles.get(row.label, row.label)} | {row.support} | {number(row.precision)} | {number(row.recall)} | "
        f"{number(row.f1)} ({number(row.f1_interval[0])}–{number(row.f1_interval[1])}) | "
        f"{number(row.average_precision)} | {number(row.calibration_error)} |"
        for row in rows
    )


_ENGLISH = """# Model card

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

Page chrome is recognised with F1 {boilerplate}.

## Thresholds
Probabilities from which a label is given, and between which a person should look: {reviewed} of the paragraphs; of the others
{right} % have all labels right.

| event type | paragraph | review band | article |
|---|---|---|---|
{thresholds}

## Where it fails
- Headlines that are images or name only the outcome; events told without their usual words.
- Terms, results, quotes and comments in paragraphs that no longer name the event, and an event that is one
  paragraph of a survey: missed.
- Paragraphs about something else beside the report of an event, and page chrome that names one: labelled too often.
- Events of the same words that do not count: older agreements, totals, exhibitions, sessions of councils.
- Genres the corpus has few of: broadcasts, long analytical essays, other languages than Russian.

## Not meant for
Decisions about people; proof that an event took place; texts other than news.
"""

_RUSSIAN = """# Паспорт модели

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

Обвязка страницы распознаётся с F1 {boilerplate}.

## Пороги
Вероятность, начиная с которой ставится метка, и полоса, в которой стоит посмотреть человеку: {reviewed} абзацев; из остальных
у {right} % все метки верны.

| тип события | абзац | полоса проверки | статья |
|---|---|---|---|
{thresholds}

## Где ошибается
- Образные заголовки и заголовки, где назван только итог; событие, описанное без привычных слов.
- Пропускает условия, итоги, цитаты и комментарии в абзацах, где событие уже не названо, и событие, которому в обзоре
  отведён один абзац.
- Ставит лишнюю метку соседним абзацам о другом, а также анонсам и меню, где событие названо.
- Те же слова без события: прежние соглашения, итоги, выставки, сессии советов.
- Жанры, которых мало в корпусе: эфиры, длинная аналитика; тексты не на русском языке.

## Для чего не годится
Решения о людях; доказательство того, что событие было; тексты, которые не являются новостями.
"""
