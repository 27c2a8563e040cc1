"""The columns of the four files are those of the interface."""

import pytest

from requests_app.imports import columns
from requests_app.imports.columns import AGENCIES, APPEALS, FIGURES, REQUESTS

#: the Chinese headings as the interface lists them, in its order
# fmt: off
HEADINGS = [
    (AGENCIES, "code name parent kind level reports_to",
     "机关代码, 机关名称, 上级机关代码, 机关类别, 层级, 报送机关代码", "code name kind"),
    (REQUESTS, "number agency channel channel_detail received_on applicant_kind applicant_name "
     "subject topic supplement_asked_on supplement_received_on consulted_on "
     "consultation_answered_on extended_on extension_days replied_on outcome fee",
     "登记编号, 受理机关, 申请方式, 申请方式细分, 收到日期, 申请人类别, 申请人, 申请内容, 主题, "
     "补正告知日期, 补正收到日期, 征求意见日期, 意见答复日期, 延期告知日期, 延长工作日, 答复日期, "
     "答复类别, 收费金额", "agency received_on"),
    (APPEALS, "case_number request_number agency procedure filed_on decided_on result "
     "first_instance_case_number co_defendant orders_disclosure ordered_until",
     "案号, 登记编号, 受理机关, 救济途径, 受理日期, 审结日期, 救济结果, 一审案号, "
     "复议机关作共同被告, 责令履行, 责令履行期限",
     "agency procedure filed_on result"),
    (FIGURES, "agency year form line column value",
     "受理机关, 年度, 表式, 指标, 列, 数值", "agency year form line value"),
]
# fmt: on


@pytest.mark.parametrize(("known", "keys", "chinese", "required"), HEADINGS)
def test_the_columns_are_those_of_the_interface(known, keys, chinese, required):
    told = [(c.key, c.headings[0]) for c in known]
    assert told == list(zip(keys.split(), chinese.split(", "), strict=True))
    assert [c.key for c in known if c.required] == required.split()


@pytest.mark.parametrize("known", [REQUESTS, APPEALS, FIGURES])
def test_the_agency_may_be_headed_by_its_code(known):
    header, _ = columns.match_header(1, ["机关代码"], known)
    assert [column.key for column in header] == ["agency"]
