"""What helps: the knowledge articles for a case, the likeliest first, each with how often it solved others."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on

from console.desk import articles
from console.domain.articles import Article, Fitting
from console.domain.case import Case
from console.tui.keys import Where
from console.tui.messages import CaseChanged, CasesTouched, OthersActed
from console.tui.screens.article import ArticleScreen
from console.tui.screens.followed import Following
from console.tui.screens.titled_list import TitledList
from console.tui.widgets.article_rows import entry
from console.tui.widgets.row_list import Item
from console.tui.widgets.sheet import Row, Rows

NOTHING = """There is no article for cases like this one.

The policy names articles in [article.ID]: for which categories, by which
words, and where their text is. q goes back."""


class ArticlesScreen(TitledList, Following):
    """Shows articles; Enter reads one."""

    WHERE: ClassVar[Where | None] = Where.ARTICLES

    def __init__(self, case: Case) -> None:
        """Take the case."""
        super().__init__()
        self.case = case
        self._found: tuple[Fitting, ...] = ()

    @property
    def article(self) -> Article | None:
        """The article under the cursor."""
        return self._found[self.list.place].article if self._found else None

    def on_mount(self) -> None:
        """Ask what there is."""
        self.entitle(self._headed)
        self.read()

    def action_open(self) -> None:
        """Read the article."""
        if self._found:
            self.app.push_screen(ArticleScreen(self.case, self._found[self.list.place]))

    @on(CaseChanged)
    @on(CasesTouched)
    @on(OthersActed)
    def read(self) -> None:
        """Read what came of each article."""
        self.fetch(partial(articles.for_case, self.desk, self.actor, self.case.id), self._show, "articles")

    def _headed(self, width: int) -> list[Row]:
        written = Rows(width)
        written.head(f"What helps  {self.case.id} {self.case.title}")
        return written

    def _show(self, found: tuple[Fitting, ...]) -> None:
        self._found = found
        items = [Item(hash(each.article.id), entry(each, self.glyphs)) for each in found]
        self.list.show(items, NOTHING)
