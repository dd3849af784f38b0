"""A card: title, one sentence, content."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.gui.widgets.labels import label
from desktop_app.gui.widgets.layout import column, row


class Card(QFrame):
    """A rounded white box that holds one subject; a long sentence `wraps` where it is told to."""

    def __init__(
        self, title: str = "", sentence: str = "", *tools: QWidget, wraps: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.title = label(title, 15, 600)
        self.sentence: QLabel = label(sentence, 12, tone="muted", wrap=wraps)
        self.body: QVBoxLayout = column(gap=8)
        layout = column(gap=12, margins=(18, 16, 18, 16))
        if title:
            words = column(self.title, self.sentence, gap=2)
            head = row(words, *(() if wraps else (None,)), *tools, gap=8)
            head.setStretch(0, int(wraps))
            if not sentence:
                self.sentence.hide()
            layout.addLayout(head)
            self.setAccessibleName(title)
        layout.addLayout(self.body, 1)
        self.setLayout(layout)

    def add(self, *widgets: QWidget, stretch: int = 0) -> None:
        """Put widgets below what is there."""
        for widget in widgets:
            self.body.addWidget(widget, stretch)

    def tell(self, sentence: str) -> None:
        """Change the sentence under the title."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
