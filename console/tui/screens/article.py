"""One knowledge article, to be read."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from console.desk import articles
from console.domain.articles import Article, Fitting
from console.domain.case import Case
from console.tui.keys import Where
from console.tui.screens.followed import Following
from console.tui.screens.page import PageScreen
from console.tui.widgets.article_rows import page
from console.tui.widgets.sheet import Row, Rows


class ArticleScreen(PageScreen, Following):
    """Shows the text of an article, or the address where it is."""

    WHERE: ClassVar[Where | None] = Where.ARTICLE

    def __init__(self, case: Case, fitting: Fitting) -> None:
        """Take the case on which it may be followed, and the article."""
        super().__init__()
        self.case, self._fitting = case, fitting

    @property
    def article(self) -> Article:
        """The article that is read."""
        return self._fitting.article

    def on_mount(self) -> None:
        """Ask for its text; of one that is elsewhere, copy the address."""
        self.entitle(self._headed)
        self.fetch(partial(articles.text_of, self.desk, self.article), self._show, "article")
        if self.article.url:
            self.action_copy_place()

    def _headed(self, width: int) -> list[Row]:
        written = Rows(width)
        written.head(f"{self.article.id}  {self.article.title}", self._fitting.says)
        return written

    def _show(self, text: str) -> None:
        self.sheet.show(page(self.article, text))
