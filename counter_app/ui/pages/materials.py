"""Is everything there: licence, settlement account, proof of the new number?"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.draft import Draft
from counter_app.domain.masking import masked_account
from counter_app.domain.provider_rules import PhoneProofRule
from counter_app.domain.reading import DocumentKind, FieldName
from counter_app.domain.step import Step
from counter_app.flow.answers import PhoneProofAnswer, SettlementAnswer, SettlementCardAnswer
from counter_app.flow.events import Answered, ReadCardPressed
from counter_app.flow.state import Waiting
from counter_app.ui.generated.ui_materials_page import Ui_MaterialsPage
from counter_app.ui.page import Page, PageKit, StepView
from counter_app.ui.pages.materials_card import bank_card_wait
from counter_app.ui.pages.materials_licence import LicenceBox
from counter_app.ui.texts import question
from counter_app.ui.texts_papers import settlement_kind
from counter_app.ui.widgets.choice import Choice
from counter_app.ui.widgets.looks import set_look, set_text

SHORTEST_ACCOUNT = 8
"""Digits below which nothing is an account or card number: a scan that landed here, a slip."""


class MaterialsPage(Page):
    """Asks for what the provider's rules want of this kind of merchant."""

    SHOWS_FINDINGS = True

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self._ui = Ui_MaterialsPage()
        self._ui.setupUi(self)
        self._ui.headline.ask(question(Step.MATERIALS))
        self._ui.account_value.set_role("value")
        self._ui.account_choice.offer(
            [
                Choice(value=True, title=self.tr("是，没有变化")),
                Choice(value=False, title=self.tr("不是")),
            ],
            columns=2,
        )
        self._ui.card_field.set_label(self.tr("用银行卡核对（可选）"))
        self._ui.card_field.edit.setPlaceholderText(self.tr("F5 读卡，或输入卡号后回车"))
        self._ui.card_field.edit.accept_latin_only()
        self._is_answered = False
        self._licence = LicenceBox(self._ui, self)
        self._licence.answered.connect(self.happened)
        self._ui.account_choice.picked.connect(self._account_picked)
        self._ui.account_value.revealed.connect(self.revealed)
        self._ui.card_field.entered.connect(self._card_entered)
        self._ui.proof_tick.clicked.connect(self._proof_clicked)

    def refuses_scan(self, _text: str, field: QLineEdit) -> bool:
        """Take no scan for a bank card's number: it is read by the reader or by a person."""
        return field is self._ui.card_field.edit

    def show_view(self, view: StepView) -> None:
        """Show only what this merchant has to bring."""
        draft = view.state.draft
        self._is_answered = draft.licence is not None
        self._licence.show_view(view)
        self._show_account(draft)
        self._show_card(view)
        self._show_proof(view)
        self._ui.findings_list.show_findings(view.assessment.at(Step.MATERIALS))

    def first_field(self) -> QWidget:
        """Return the licence's first field, or the account's question without a licence."""
        return self._licence.first_field() or self._ui.account_choice

    def camera_kind(self) -> DocumentKind:
        """Return the licence, or the bank card once the licence is answered."""
        is_licence_open = self._licence.first_field() is not None and not self._is_answered
        return DocumentKind.LICENCE if is_licence_open else DocumentKind.BANK_CARD

    def card_key(self) -> None:
        """Read a bank card and compare it with the account on record."""
        self.happened.emit(ReadCardPressed())

    def reveal_key(self) -> None:
        """Show the account in full for a moment."""
        self._ui.account_value.reveal()

    def _show_account(self, draft: Draft) -> None:
        settlement = draft.merchant.settlement if draft.merchant is not None else None
        self._ui.account_box.setVisible(settlement is not None)
        if settlement is None:
            return
        account = settlement.account
        self._ui.account_value.show_value("settlement_account", account, masked_account(account))
        kind = settlement_kind(settlement.kind)
        set_text(self._ui.bank_label, f"{settlement.bank} · {kind}")
        self._ui.account_choice.show_value(draft.is_settlement_confirmed)
        text, tone = self._account_state(draft)
        self._ui.account_badge.setVisible(bool(text))
        set_text(self._ui.account_badge, text)
        set_look(self._ui.account_badge, "tone", tone)

    def _show_card(self, view: StepView) -> None:
        """Show which card was compared, or the number that the camera read of one."""
        card, matches = view.state.draft.settlement_card, view.state.draft.settlement_card_matches
        read = view.state.proposal.reading if view.state.proposal is not None else None
        number = read.text(FieldName.CARD_NUMBER) if read is not None else ""
        if view.state.waiting is Waiting.CARD:
            self._ui.card_field.advise(bank_card_wait(view.state))
        elif number:
            self._ui.card_field.show_text(number)
            self._ui.card_field.advise(self.tr("识别结果，核对后按回车"))
        elif card:
            words = self.tr("✓ 一致 %1") if matches else self.tr("× 不一致 %1")
            tone = "good" if matches else "stop"
            self._ui.card_field.advise(words.replace("%1", card), tone)
        else:
            self._ui.card_field.advise()

    def _account_state(self, draft: Draft) -> tuple[str, str]:
        match draft.is_settlement_confirmed:
            case True:
                return self.tr("✓ 客户已确认"), "good"
            case False:
                return self.tr("× 客户说不是"), "stop"
            case _:
                return "", ""

    def _show_proof(self, view: StepView) -> None:
        rule = view.rules.phone_proof
        self._ui.proof_box.setVisible(rule is not PhoneProofRule.NEVER)
        always = self.tr("近期话单、充值记录或运营商回执，任意一样")
        when = self.tr("号码不在本人名下时才需要：近期话单、充值记录或运营商回执")
        set_text(self._ui.proof_label, always if rule is PhoneProofRule.ALWAYS else when)
        self._ui.proof_tick.setChecked(view.state.draft.has_phone_proof)

    def _account_picked(self, is_confirmed: bool) -> None:  # noqa: FBT001 - the signal's argument
        self.happened.emit(Answered(SettlementAnswer(is_confirmed)))

    def _card_entered(self) -> None:
        account = self._ui.card_field.text().replace(" ", "").replace("-", "")
        if not account:
            return
        if not (account.isdigit() and len(account) >= SHORTEST_ACCOUNT):
            self._ui.card_field.advise(self.tr("这不是卡号，请输入卡面数字"), "stop")
            return
        self._ui.card_field.show_text("")
        self.happened.emit(Answered(SettlementCardAnswer(account)))

    def _proof_clicked(self, is_shown: bool) -> None:  # noqa: FBT001 - the signal's argument
        self.happened.emit(Answered(PhoneProofAnswer(is_shown)))
