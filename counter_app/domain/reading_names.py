"""The closed sets of what pictures are read for, and of what may be odd about them."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """What lies under the camera."""

    AUTO = "auto"
    MRZ = "mrz"
    RESIDENT_ID_FRONT = "resident-id-front"
    RESIDENT_ID_BACK = "resident-id-back"
    LICENCE = "licence"
    BANK_CARD = "bank-card"
    BARCODE = "barcode"
    LETTER = "letter"


class Hint(StrEnum):
    """What the clerk can do to get a better picture, most urgent first."""

    NOT_FOUND = "NOT_FOUND"
    OUT_OF_FRAME = "OUT_OF_FRAME"
    CLOSER = "CLOSER"
    TOO_DARK = "TOO_DARK"
    TOO_BRIGHT = "TOO_BRIGHT"
    GLARE = "GLARE"
    BLURRED = "BLURRED"
    SCREEN_PHOTO = "SCREEN_PHOTO"
    TURN_OVER = "TURN_OVER"


class FieldName(StrEnum):
    """The fields that pictures are read for."""

    # persons and their documents
    NAME = "name"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    ID_NUMBER = "id_number"
    AUTHORITY = "authority"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"
    DOCUMENT_NUMBER = "document_number"
    DOCUMENT_CODE = "document_code"
    ISSUER = "issuer"
    NATIONALITY = "nationality"
    MRZ_LINE_1 = "mrz_line_1"
    MRZ_LINE_2 = "mrz_line_2"
    MRZ_LINE_3 = "mrz_line_3"
    # business licence
    USCC = "uscc"
    COMPANY_NAME = "company_name"
    COMPANY_TYPE = "company_type"
    RESPONSIBLE_PERSON = "responsible_person"
    CAPITAL = "capital"
    FOUNDED_ON = "founded_on"
    BUSINESS_TERM = "business_term"
    BUSINESS_SCOPE = "business_scope"
    # cards and labels
    CARD_NUMBER = "card_number"
    CARD_EXPIRY = "card_expiry"
    TERMINAL_SN = "terminal_sn"
    CODE_TEXT = "code_text"
    # delegation letters
    LETTER_NUMBER = "letter_number"
    PRINCIPAL_NAME = "principal_name"
    PRINCIPAL_DOCUMENT = "principal_document"
    PRINCIPAL_REPRESENTATIVE = "principal_representative"
    PRINCIPAL_PHONE = "principal_phone"
    PRINCIPAL_ADDRESS = "principal_address"
    AGENT_NAME = "agent_name"
    AGENT_DOCUMENT = "agent_document"
    AGENT_PHONE = "agent_phone"
    MERCHANT_NUMBER = "merchant_number"
    MERCHANT_NAME = "merchant_name"
    OLD_PHONE = "old_phone"
    NEW_PHONE = "new_phone"
    NEW_PHONE_IN_WORDS = "new_phone_in_words"
    TERM_FROM = "term_from"
    TERM_UNTIL = "term_until"
    PRINCIPAL_SIGNED_ON = "principal_signed_on"
    AGENT_SIGNED_ON = "agent_signed_on"
    OTHER_MATTER = "other_matter"
    NOTARY_NUMBER = "notary_number"
    NOTARY_OFFICE = "notary_office"
    NOTARY_DATE = "notary_date"


class Doubt(StrEnum):
    """Why a value is not sure."""

    LOW_CONFIDENCE = "LOW_CONFIDENCE"
    NO_CHECK = "NO_CHECK"
    CHECK_DIGIT_WRONG = "CHECK_DIGIT_WRONG"
    CORRECTED = "CORRECTED"
    SOURCES_DISAGREE = "SOURCES_DISAGREE"
    BAD_FORMAT = "BAD_FORMAT"
    SEVERAL_FOUND = "SEVERAL_FOUND"


class TickName(StrEnum):
    """The tick boxes of our own delegation letter."""

    PRINCIPAL_IS_PERSON = "principal_is_person"
    PRINCIPAL_IS_ENTITY = "principal_is_entity"
    RELATION_EMPLOYEE = "relation_employee"
    RELATION_RELATIVE = "relation_relative"
    RELATION_OTHER = "relation_other"
    CHANGE_PHONE = "change_phone"
    COLLECT_TERMINAL = "collect_terminal"
    COLLECT_RECEIPT = "collect_receipt"
    OTHER_MATTER = "other_matter"
    SUBMIT_ONLY = "submit_only"
    SIGN_FOR_PRINCIPAL = "sign_for_principal"
    PRINCIPAL_ID_COPY = "principal_id_copy"
    AGENT_ID_COPY = "agent_id_copy"
    LICENCE_COPY = "licence_copy"
    OTHER_ATTACHMENT = "other_attachment"


class MarkName(StrEnum):
    """Things made by hand or stamp on a letter, measured for presence only."""

    PRINCIPAL_SIGNATURE = "principal_signature"
    AGENT_SIGNATURE = "agent_signature"
    SEAL = "seal"
    REPRESENTATIVE_SEAL = "representative_seal"
    HANDWRITING = "handwriting"


class LetterPhrase(StrEnum):
    """Wordings of a letter that decide checks A3, A8 and A9."""

    CHANGE_PHONE = "CHANGE_PHONE"
    EVERYTHING = "EVERYTHING"
    SUBDELEGATION_ALLOWED = "SUBDELEGATION_ALLOWED"
    SUBDELEGATION_DENIED = "SUBDELEGATION_DENIED"
    EACH_ALONE = "EACH_ALONE"
    NOTARISED = "NOTARISED"
    THIRD_PARTY_NUMBER = "THIRD_PARTY_NUMBER"


class Notice(StrEnum):
    """What is odd about the picture as a whole."""

    NOTHING_READ = "NOTHING_READ"
    SEVERAL_DOCUMENTS = "SEVERAL_DOCUMENTS"
    MIRRORED = "MIRRORED"
    TURNED = "TURNED"
    WRONG_KIND = "WRONG_KIND"
    WATERMARKED_COPY = "WATERMARKED_COPY"
    ALTERATION = "ALTERATION"
    OUR_FORM = "OUR_FORM"
    FREE_FORM = "FREE_FORM"
    SIGNED_ELECTRONICALLY = "SIGNED_ELECTRONICALLY"
    SIGNATURE_NOT_TRUSTED = "SIGNATURE_NOT_TRUSTED"
    SIGNATURE_BROKEN = "SIGNATURE_BROKEN"
    SIGNATURE_REVOKED = "SIGNATURE_REVOKED"
    REVOCATION_UNKNOWN = "REVOCATION_UNKNOWN"
    OTHER_COUNTRY = "OTHER_COUNTRY"
    SCREEN_PHOTO = "SCREEN_PHOTO"
    PAGES_UNREAD = "PAGES_UNREAD"
