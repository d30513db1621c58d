"""The words of the review page, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from counter_app.domain.travel_document import CheckReason, CheckState, CheckVerdict, ChipCheck
from counter_app.wire.case_data import ChipProof
from counter_app.wire.reasons import REASON_WORDS, ReasonCode
from counter_app.words.chip_checks import check_words

_SHANGHAI = ZoneInfo("Asia/Shanghai")


class Language(StrEnum):
    """A language of the page."""

    ZH = "zh"
    EN = "en"


_PAIRS: dict[str, tuple[str, str]] = {
    "title": ("换绑审核", "Rebinding review"),
    "sign_in": ("登录", "Sign in"),
    "sign_out": ("退出登录", "Sign out"),
    "name": ("账号", "Account"),
    "password": ("密码", "Password"),
    "sign_in_refused": (
        "账号或密码不对；连续输错 5 次锁定 5 分钟。",
        "Account or password not right. After five failures it is locked for five minutes.",
    ),
    "form_stale": ("页面已过期，请重新打开。", "This page is too old. Please open it again."),
    "cases": ("待办列表", "Cases"),
    "search": ("受理编号、商户号、终端号", "Acceptance, merchant or terminal number"),
    "find": ("查找", "Find"),
    "all_counters": ("全部柜台", "All counters"),
    "WAITING": ("待审", "Waiting"),
    "ALL": ("全部", "All"),
    "RECEIVED": ("新收", "New"),
    "IN_PROCESS": ("处理中", "In process"),
    "APPLIED": ("已生效", "Applied"),
    "REJECTED": ("已拒绝", "Rejected"),
    "NEED_MORE": ("待补件", "More needed"),
    "age": ("已等", "Waiting for"),
    "acceptance_no": ("受理编号", "Acceptance no."),
    "merchant": ("商户", "Merchant"),
    "merchant_no": ("商户号", "Merchant no."),
    "kind": ("业务", "Request"),
    "presenter": ("办理人", "Presenter"),
    "risk": ("风险", "Risk"),
    "state": ("状态", "State"),
    "counter": ("柜台", "Counter"),
    "images_missing": ("缺影像", "images missing"),
    "empty": ("没有符合条件的件。", "Nothing here."),
    "older": ("下一页", "Next page"),
    "newer": ("上一页", "Previous page"),
    "oldest": ("最久", "Oldest"),
    "PHONE_REBIND": ("换绑手机号", "Change of phone number"),
    "TERMINAL_SWAP": ("更换终端", "Terminal swap"),
    "WITHDRAW": ("撤回", "Withdrawal"),
    "MORE_DOCUMENTS": ("补件", "More documents"),
    "principal": ("本人", "Principal"),
    "agent": ("代办", "Agent"),
    "change": ("变更内容", "The change"),
    "old_phone": ("原号码", "Old number"),
    "new_phone": ("新号码", "New number"),
    "holder": ("新号码机主", "Holder of the new number"),
    "people": ("人员与商户", "People and merchant"),
    "id_number": ("证件号码", "ID number"),
    "valid_until": ("有效期至", "Valid until"),
    "terminal": ("终端序列号", "Terminal serial no."),
    "settlement": ("结算账户", "Settlement account"),
    "reason": ("变更原因", "Reason"),
    "evidence": ("证据强度", "Evidence"),
    "chip": ("芯片读取（强）", "Read from the chip (strong)"),
    "camera": ("拍照（中）", "Photographed (medium)"),
    "typed": ("手工录入（弱）", "Typed (weak)"),
    "chip_proofs": ("芯片核验", "Chip checks"),
    "otp": ("短信验证（旧／新）", "SMS codes (old / new)"),
    "letter": ("授权委托书", "Letter of delegation"),
    "matters": ("授权事项", "Matters"),
    "period": ("有效期间", "Period"),
    "notary": ("公证", "Notary"),
    "checks": ("检查项", "Checks"),
    "reviews": ("柜台复核", "Second person at the counter"),
    "receipt": ("受理回执", "Receipt"),
    "receipt_none": ("封装时尚未打印", "Not yet printed when the case was sealed"),
    "images": ("影像", "Images"),
    "no_images": ("本件没有影像。", "This case has no images."),
    "image_missing": ("尚未送达", "Not here yet"),
    "image_broken": ("影像无法读取", "Image cannot be read"),
    "history": ("经过", "History"),
    "received": ("收到", "Received"),
    "sealed_by": ("封装于", "Sealed at"),
    "clerk": ("柜员", "Clerk"),
    "seal_holds": ("签名有效，内容未被改动", "Signature holds; nothing was altered"),
    "seal_broken": (
        "签名或加密无效：不可批准。请联系柜台重新办理。",
        "The seal does not hold: it cannot be approved. Ask the counter to start again.",
    ),
    "no_key": (
        "本机没有机构密钥，看不到个人信息。",
        "The institution's key is not here: personal fields stay closed.",
    ),
    "decide": ("决定", "Decision"),
    "approve": ("通过，转处理", "Approve"),
    "apply": ("已生效", "Applied"),
    "reject": ("拒绝", "Reject"),
    "need_more": ("要求补件", "Ask for more"),
    "reason_code": ("理由", "Reason"),
    "reason_text": ("给柜台的说明", "Note to the counter"),
    "next_action": ("请客户做什么", "What the customer should do"),
    "channels": ("通道", "Channels"),
    "unionpay": ("银联", "UnionPay"),
    "alipay": ("支付宝", "Alipay"),
    "wechat": ("微信", "WeChat Pay"),
    "pending": ("待处理", "pending"),
    "done": ("已更新", "done"),
    "failed": ("失败", "failed"),
    "needs_reason": ("拒绝或补件必须选择理由。", "A reason must be chosen."),
    "too_early": (
        "仍在冷静期内，到期前不可生效。",
        "Still in its cooling hold: it may not be applied yet.",
    ),
    "already": (
        "此件已有最终决定，未作改动。",
        "This case was decided before; nothing was changed.",
    ),
    "decided": ("已记录决定。", "The decision is recorded."),
    "closed": ("已有最终决定。", "Decided."),
    "not_before": ("最早生效", "Not before"),
    "keys_list": (
        "j/k 上下移动 · Enter 打开 · / 查找",
        "j/k move · Enter opens · / finds",
    ),
    "keys_case": (
        "a 通过 · e 已生效 · r 拒绝 · n 补件 · u 返回列表",
        "a approve · e applied · r reject · n ask for more · u back to the list",
    ),
    "back": ("返回列表", "Back to the list"),
    "not_found": ("没有这个件。", "There is no such case."),
    "low": ("低", "low"),
    "medium": ("中", "medium"),
    "high": ("高", "high"),
    "minutes": ("分", "min"),
    "hours": ("小时", "h"),
    "days": ("天", "d"),
    "other_language": ("English", "中文"),
    "signed": ("签名委托", "Signed letter"),
    "notarised": ("公证委托", "Notarised letter"),
    "change_phone": ("变更手机号", "change the number"),
    "collect_terminal": ("领取终端", "collect the terminal"),
    "collect_receipt": ("领取回执", "collect the receipt"),
    "everything": ("全权办理", "everything"),
    "legal_representative": ("法定代表人", "Legal representative"),
    "company": ("公司", "Company"),
    "employee": ("员工", "Employee"),
    "relative": ("亲属", "Relative"),
    "other": ("其他", "Other"),
    "passed": ("通过", "passed"),
    "verified": ("已核验", "verified"),
    "unreachable": ("联系不上", "unreachable"),
    "not_sent": ("未发送", "not sent"),
    "PASS": ("通过", "Pass"),
    "NEED": ("待核", "Open"),
    "FAIL": ("不符", "Fail"),
    "reason.01": ("号码停用或注销", "Number given up"),
    "reason.02": ("SIM 卡丢失或被盗", "SIM card lost or stolen"),
    "reason.03": ("更换运营商或携号转网", "Other operator"),
    "reason.04": ("负责人或联系人更换", "Other person in charge"),
    "reason.06": ("员工离职", "Employee has left"),
    "reason.08": ("统一到公司号码", "One number for the company"),
    "reason.09": ("收不到短信或无信号", "No messages or no signal"),
    "reason.10": ("原号非本人实名", "Old number in another's name"),
    "reason.11": ("疑似被冒用", "Misuse suspected"),
    "reason.99": ("其他", "Other"),
    "related": ("同一业务的另一件：", "Another message of this case:"),
    "address": ("布放地址", "Address"),
}


class Words:
    """All words of one language; an unknown key is shown as it is."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._at = 0 if language is Language.ZH else 1

    def __getitem__(self, key: str) -> str:
        pair = _PAIRS.get(key)
        return key if pair is None else pair[self._at]

    def reason(self, code: str) -> str:
        """Return a reason's words, or the code as it came."""
        if code not in ReasonCode.__members__:
            return code
        words = REASON_WORDS[ReasonCode(code)]
        return words.zh if self.language is Language.ZH else words.en

    @property
    def reasons(self) -> Mapping[str, str]:
        """All reasons, code to words."""
        return {code.value: self.reason(code.value) for code in ReasonCode}

    def change_reason(self, code: str) -> str:
        """Return a reason for the change in words, or the code as it came."""
        key = f"reason.{code}"
        return self[key] if key in _PAIRS else code

    def chip_proof(self, proof: ChipProof) -> str:
        """Return what came out of a chip's check, with its reason; codes as they came if new."""
        try:
            verdict = CheckVerdict(
                ChipCheck(proof.check), CheckState(proof.state), CheckReason(proof.reason)
            )
        except ValueError:
            return f"{proof.check} {proof.state} {proof.reason}"
        words = check_words(verdict, self.language)
        return " · ".join(filter(None, (words.title, words.ground)))

    @staticmethod
    def phone(number: str) -> str:
        """Write a mobile number in the groups in which it is read aloud."""
        if len(number) != 11:
            return number
        return f"{number[:3]} {number[3:7]} {number[7:]}"

    def day(self, moment: datetime) -> str:
        """Write a moment on the clock of the counters."""
        return moment.astimezone(_SHANGHAI).strftime("%Y-%m-%d %H:%M")

    def age(self, seconds: float) -> str:
        """Write how long something waits, in the largest unit that fits."""
        minutes = int(seconds // 60)
        if minutes < 60:
            return f"{max(minutes, 0)} {self['minutes']}"
        if minutes < 48 * 60:
            return f"{minutes // 60} {self['hours']}"
        return f"{minutes // 1440} {self['days']}"
