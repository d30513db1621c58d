"""The style sheet with names for colours (`@ink`) and sizes (`@px14`); `theme.py` fills them in.

Roles are dynamic properties: `role` says what a widget is, `tone` how it stands.
"""

TEMPLATE = """
* { font-family: "@family"; font-size: @px14; color: @ink; outline: none; }
QWidget#window, QWidget[role="ground"], QStackedWidget, QScrollArea, QScrollArea > QWidget > QWidget
{ background: @ground; }
QLabel { background: transparent; }
QLabel[role="headline"] { font-size: @px24; font-weight: 600; }
QLabel[role="title"] { font-size: @px17; font-weight: 600; }
QLabel[role="label"] { font-size: @px13; color: @ink_2; }
QLabel[role="small"] { font-size: @px13; color: @ink_2; }
QLabel[role="value"] { font-size: @px17; }
QLabel[role="reading"] { font-size: @px21; }
QLabel[role="reading"][tone="title"] { font-weight: 600; }
QLabel[role="number"] { font-size: @px28; font-weight: 600; }
QLabel[role="digits"] { font-size: 40px; font-weight: 600; }
QLabel[role="quiet"] { color: @ink_2; }
QLabel[tone="good"] { color: @good; }
QLabel[tone="caution"] { color: @caution; }
QLabel[tone="stop"] { color: @stop; }
QLabel[role="badge"] { font-size: @px13; border-radius: 4px; padding: 1px 6px; }
QLabel[role="badge"][tone="good"] { background: @good_tint; color: @good; }
QLabel[role="badge"][tone="caution"] { background: @caution_tint; color: @caution; }
QLabel[role="badge"][tone="stop"] { background: @stop_tint; color: @stop; }
QLabel[role="badge"][tone="idle"] { background: @idle_tint; color: @idle; }
QLabel[role="badge"][tone="accent"] { background: @accent_tint; color: @accent; }
QLabel[role="key"] { font-size: @px13; color: @ink_2; border: 1px solid @line; border-radius: 4px;
  padding: 0px 5px; background: @surface; }

QFrame[role="card"], QWidget[role="card"] { background: @surface; border: 1px solid @line;
  border-radius: 8px; }
QFrame[role="card"][tone="accent"] { border: 1px solid @accent; }
QFrame[role="card"][tone="proposal"] { border: 1px dashed @edge; }
QFrame[role="rule"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="finding"] { border-radius: 6px; border: none; background: @idle_tint; }
QFrame[role="finding"][tone="caution"] { background: @caution_tint; }
QFrame[role="finding"][tone="stop"] { background: @stop_tint; }
QFrame[role="finding"][tone="accent"] { background: @accent_tint; }
QFrame[role="finding"][tone="good"] { background: @good_tint; }

QFrame[role="tile"] { background: @surface; border: 1px solid @line; border-radius: 8px; }
QFrame[role="tile"]:hover { border: 1px solid @accent; }
QFrame[role="tile"][picked="true"] { background: @accent_tint; border: 1px solid @accent; }
QFrame[role="tile"][ring="true"] { border: 2px solid @accent; }
QFrame[role="tile"]:disabled { background: @sunken; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox { background: @surface;
  border: 1px solid @edge; border-radius: 6px; padding: 0px 11px; min-height: @px38;
  selection-background-color: @accent; selection-color: @on_accent; font-size: @px16; }
QPlainTextEdit, QTextEdit { padding: 6px 9px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus,
QSpinBox:focus { border: 2px solid @accent; padding: 0px 10px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: @sunken; color:
  @ink_2;
  border: 1px solid @line; }
QLineEdit:read-only { background: @sunken; border: 1px solid @line; }
QLineEdit[tone="stop"] { border: 1px solid @stop; }
QLineEdit[tone="stop"]:focus { border: 2px solid @stop; }
QLineEdit[tone="proposal"] { border: 1px dashed @accent; background: @accent_tint; }
QLineEdit[tone="proposal"]:focus { border: 2px dashed @accent; }
QLineEdit[role="number"] { font-size: @px28; font-weight: 600; min-height: @px48; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url(icons:down.svg); width: @px16; height: @px16; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @edge;
  selection-background-color: @accent_tint; selection-color: @ink; }

QPushButton { background: @surface; border: 1px solid @edge; border-radius: 6px;
  padding: 0px 15px; min-height: @px38; color: @ink; }
QPushButton:hover { background: @accent_tint; border: 1px solid @accent; }
QPushButton:pressed { background: @idle_tint; }
QPushButton:focus { border: 2px solid @accent; padding: 0px 14px; }
QPushButton:disabled { color: @idle; background: @sunken; border: 1px solid @line; }
QPushButton:checked { background: @accent_tint; border: 1px solid @accent; color: @accent; }
QPushButton:checked:focus { border: 2px solid @accent; }
QPushButton[role="primary"] { background: @accent; color: @on_accent; border: 1px solid @accent;
  font-weight: 600; }
QPushButton[role="primary"]:hover { background: @accent_dark; }
QPushButton[role="primary"]:focus { border: 2px solid @ink; padding: 0px 14px; }
QPushButton[role="primary"]:disabled { background: @idle_tint; border: 1px solid @line; color:
  @idle; }
QPushButton[role="accent"] { color: @accent; border: 1px solid @accent; font-weight: 600; }
QPushButton[role="accent"]:focus { border: 2px solid @accent; padding: 0px 14px; }
QPushButton[role="accent"]:disabled { color: @idle; border: 1px solid @line; font-weight: 400; }
QPushButton[role="stop"] { color: @stop; border: 1px solid @stop; }
QPushButton[role="stop"]:focus { border: 2px solid @stop; padding: 0px 14px; }
QPushButton[role="stop"]:hover { background: @stop_tint; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent; color: @ink_2;
  padding: 0px 8px; min-height: @px30; }
QPushButton[role="quiet"]:hover { color: @accent; background: @accent_tint; }
QPushButton[role="quiet"]:focus { border: 2px solid @accent; padding: 0px 7px; }
QPushButton[role="quiet"]:checked { color: @accent; background: @accent_tint; }
QPushButton[role="step"] { text-align: left; background: transparent; border: 1px solid transparent;
  border-radius: 6px; padding: 0px 9px; min-height: @px30; color: @ink_2; }
QPushButton[role="step"]:hover { background: @accent_tint; }
QPushButton[role="step"]:focus { border: 2px solid @accent; padding: 0px 8px; }
QPushButton[role="step"]:disabled { color: @idle; background: transparent; border: 1px solid
  transparent; }
QPushButton[role="step"][tone="done"] { color: @ink; }
QPushButton[role="step"][tone="here"] { color: @accent; font-weight: 600; background:
  @accent_tint; }

QPushButton[role="pad"] { font-size: @px24; min-height: @px48; }
QCheckBox[role="large"] { font-size: @px20; }
QPushButton[role="row"] { text-align: left; background: transparent; border: 2px solid transparent;
  padding: 0px; min-height: @px24; font-weight: 400; }
QPushButton[role="row"]:hover { background: @accent_tint; }
QPushButton[role="row"]:focus { border: 2px solid @accent; padding: 0px; }
QFrame[role="row"] { background: @surface; border: none; border-bottom: 1px solid @line; }
QFrame[role="row"][tone="proposal"] { border-bottom: 1px dashed @edge; }

QCheckBox, QRadioButton { spacing: 10px; min-height: @px30; background: transparent;
  border-radius: 4px;
  padding: 2px 4px; border: 2px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid @accent; }
QCheckBox::indicator, QRadioButton::indicator { width: @px18; height: @px18;
  border: 1px solid @edge; background: @surface; border-radius: 4px; }
QRadioButton::indicator { border-radius: @px9; }
QCheckBox::indicator:checked { background: @accent; border: 1px solid @accent;
  image: url(icons:check_white.svg); }
QRadioButton::indicator:checked { background: @surface; border: @px6 solid @accent;
  width: @px8; height: @px8; border-radius: @px9; }

QProgressBar { background: @idle_tint; border: none; border-radius: 4px; max-height: 8px;
  min-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
QScrollArea { border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0px; }
QScrollBar::handle:vertical { background: @edge; border-radius: 4px; min-height: 32px; margin:
  2px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0px; width: 0px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0px; }
QScrollBar::handle:horizontal { background: @edge; border-radius: 4px; min-width: 32px; margin:
  2px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QListView, QTreeView, QTableView { background: @surface; border: 1px solid @line; border-radius:
  8px;
  alternate-background-color: @ground; gridline-color: @line; }
QListView:focus, QTreeView:focus, QTableView:focus { border: 2px solid @accent; }
QListView::item, QTreeView::item { padding: 8px 10px; border: none; }
QTableView::item { padding: 0px 8px; border: none; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
  background: @accent_tint; color: @ink; }
QHeaderView::section { background: @ground; color: @ink_2; border: none; padding: 6px 8px;
  border-bottom: 1px solid @line; font-size: @px13; }
QToolTip { background: @ink; color: @surface; border: none; padding: 4px 8px; }

QWidget[role="bar"] { background: @surface; }
QWidget[role="top_bar"] { background: @surface; border-bottom: 1px solid @line; }
QWidget[role="bottom_bar"] { background: @surface; border-top: 1px solid @line; }
QWidget[role="rail"] { background: @ground; border-right: 1px solid @line; }
QWidget[role="side"] { background: @ground; border-left: 1px solid @line; }
QLabel[role="environment"] { background: @caution_tint; color: @caution; border-radius: 4px;
  padding: 1px 8px; font-size: @px13; }
"""
