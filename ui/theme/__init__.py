"""How everything looks: colours, type, measures, icons and zoom. No other file names a colour or a font size.

A widget asks for a look with ``mark``:

- ``QLabel`` role: title, heading, figure, strong, value, help, soft, danger, waiting, accent
- ``QPushButton`` kind: main, quiet, link, danger, nav, choice (none: an ordinary button)
- ``QFrame``/``QWidget`` ground: page, sunken, card, accent, waiting, danger, band; line: above, below, right
- fields: state ``fault``; size ``value``
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from weakref import WeakSet

from PySide6.QtCore import QByteArray, QDir, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop_app.paths import RESOURCES
from ui.theme.stylesheet import ICONS, stylesheet
from ui.theme.tokens import DARK, LIGHT, SIZE_BODY, STRONG, Tokens

ZOOM_LEAST, ZOOM_MOST = 80, 200
SCHEMES = ("system", "light", "dark")
_TO_QT = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """The looks in force. ``changed`` tells when colours or zoom are others than before."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = "system"
        self._zoom = 100
        self._fonts: dict[tuple[int, bool], QFont] = {}
        self._icons: dict[tuple[str, str, int, int], QIcon] = {}
        self._pixmaps: dict[tuple[str, str, int, int, float], QPixmap] = {}
        self.make_way: Callable[[Callable[[], None]], None] = lambda change: change()
        """Whoever shows many widgets lets them go before they would all be dressed anew, then calls the change."""
        self._dressed: WeakSet[QWidget] = WeakSet()
        app.setStyle("Fusion")
        QDir.setSearchPaths(ICONS, [str(RESOURCES / "icons")])
        self._family = _ui_family()
        self.tokens = self._wanted()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def scheme(self) -> str:
        """The setting: system, light or dark."""
        return self._scheme

    @property
    def zoom(self) -> int:
        """Per cent of the ordinary size."""
        return self._zoom

    def set_scheme(self, scheme: str) -> None:
        """Choose light, dark, or what the system says."""
        self._scheme = scheme if scheme in SCHEMES else "system"
        QGuiApplication.styleHints().setColorScheme(_TO_QT[self._scheme])
        self._follow_system()

    def set_zoom(self, percent: int) -> None:
        """Choose the size of everything, between 80 and 200 per cent."""
        wanted = max(ZOOM_LEAST, min(ZOOM_MOST, percent))
        if wanted != self._zoom:
            self._zoom = wanted
            self.make_way(self._renew)

    def dress(self, top: QWidget) -> None:
        """Give the looks to a window that lies in no other; all that comes into it takes them over.

        With one sheet for the whole application, Qt would dress each part anew every time it is laid in another on
        its way into a page, which is half the time it takes to build one. Until there is such a window, it has one.
        """
        self._dressed.add(top)
        if self._app.styleSheet():
            self._app.setStyleSheet("")
        top.setStyleSheet(stylesheet(self.tokens, self.px))

    def px(self, measure: int) -> int:
        """Return a measure at the zoom in force."""
        return max(1, round(measure * self._zoom / 100))

    def font(self, size: int = SIZE_BODY, *, strong: bool = False) -> QFont:
        """Return the UI font, with figures of equal width, for what is painted by hand."""
        key = (self.px(size), strong)
        if key not in self._fonts:
            self._fonts[key] = self._made_font(size, strong=strong)
        return QFont(self._fonts[key])

    def _made_font(self, size: int, *, strong: bool) -> QFont:
        font = QFont(self._family) if self._family else QFont(self._app.font())
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(STRONG) if strong else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def color(self, token: str) -> QColor:
        """Return a token's colour."""
        return QColor(getattr(self.tokens, token))

    def icon(self, name: str, colour: str = "ink_soft", size: int = 20, gap: int = 0) -> QIcon:
        """Return an icon of the set, drawn in a token's colour, with ``gap`` of air to the right of it."""
        key = (name, colour, self.px(size), gap)
        if key not in self._icons:
            self._icons[key] = QIcon(self.pixmap(name, colour, size, gap))
        return self._icons[key]

    def pixmap(self, name: str, colour: str = "ink_soft", size: int = 20, gap: int = 0) -> QPixmap:
        """Return an icon as a picture, sharp on a screen with small dots too."""
        key = (name, colour, self.px(size), gap, self._app.devicePixelRatio())
        if key not in self._pixmaps:
            self._pixmaps[key] = self._drawn(name, colour, size, gap)
        return self._pixmaps[key]

    def _drawn(self, name: str, colour: str, size: int, gap: int) -> QPixmap:
        room = self.px(gap) if gap else 0
        side = self.px(size)
        ratio = self._app.devicePixelRatio()
        pixmap = QPixmap(QSize(round((side + room) * ratio), round(side * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        drawn = _svg(name).replace("currentColor", getattr(self.tokens, colour))
        renderer = QSvgRenderer(QByteArray(drawn.encode()))
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        return pixmap

    def _wanted(self) -> Tokens:
        if self._scheme == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        else:
            dark = self._scheme == "dark"
        return DARK if dark else LIGHT

    def _follow_system(self) -> None:
        if self._wanted() is not self.tokens:
            self.make_way(self._renew)

    def _renew(self) -> None:
        self.tokens = self._wanted()
        self._icons.clear()
        self._pixmaps.clear()
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        self._app.setFont(self.font())
        self._app.setPalette(_palette(self.tokens))
        sheet = stylesheet(self.tokens, self.px)
        for each in [top for top in self._dressed if isValid(top)] or [self._app]:
            # Taken off first: given another sheet, Qt dresses each widget once for every widget it lies in.
            each.setStyleSheet("")
            each.setStyleSheet(sheet)


def mark(widget: QWidget, **looks: str) -> None:
    """Give a widget the looks that the stylesheet knows by property, also when it is already shown."""
    is_new = [
        widget.setProperty(name, value) for name, value in looks.items() if widget.property(name) != value
    ]
    if is_new and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


@cache
def _svg(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _ui_family() -> str:
    """Return the font family to use; empty for the system's own."""
    bare = QGuiApplication.platformName() in ("offscreen", "minimal") or not QFontDatabase.families()
    if not bare:
        return ""
    family = ""
    for path in sorted((RESOURCES / "fonts").glob("NotoSans-*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        names = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        family = names[0] if names else family
    return family


def _palette(tokens: Tokens) -> QPalette:
    """Return the palette, for what the stylesheet does not reach: menus, links, disabled text."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.ground,
        role.WindowText: tokens.ink,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.Text: tokens.ink,
        role.Button: tokens.surface,
        role.ButtonText: tokens.ink,
        role.ToolTipBase: tokens.ink,
        role.ToolTipText: tokens.ground,
        role.PlaceholderText: tokens.ink_soft,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Mid: tokens.line,
        role.Dark: tokens.line_strong,
    }
    palette = QPalette()
    for each, colour in colours.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(tokens.ink_faint))
    return palette
