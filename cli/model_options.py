"""Options of all commands that apply a model: which one it must be, and what it may differ in from its training."""

import click

from tagger.cli.completion import model_names

MODEL = click.option(
    "-m",
    "--model",
    metavar="NAME|FOLDER",
    shell_complete=model_names,
    help="The model: a version's name or an artifact's folder.  [default: the current one]",
)
EXPECT_DIGEST = click.option(
    "--expect-digest",
    metavar="SHA",
    help="Refuse any model but that of this digest (its first 12 digits or more), as 'tagger models show' prints it.",
)
ALLOW_DICTIONARY_CHANGE = click.option(
    "--allow-dictionary-change",
    is_flag=True,
    help="Use the model though its lemmas came from another revision of the dictionary.",
)
