"""The official form as a body, and the answers."""

from typing import Any

from rest_framework import serializers

from requests_app.api.fields import Body, Code, DayText, Flag, Key, MomentText, Text
from requests_app.domain.awaited import What
from requests_app.domain.lifecycle import STAGES_ZH
from requests_app.domain.vocabulary import (
    ApplicantKind,
    Channel,
    ChannelDetail,
    ObtainBy,
    Outcome,
    ProvideAs,
)
from requests_app.models.language import spoken

FORM = {
    "agency": "530000",
    "channel": "online",
    "channel_detail": "web",
    "submitted_at": "2026-11-24T09:30:00+08:00",
    "applicant": {
        "kind": "natural_person",
        "name": "张三",
        "id_kind": "居民身份证",
        "id_number": "530102199001011234",
        "phone": "13800000000",
        "address": "昆明市五华区某路1号",
        "email": "zhangsan@example.cn",
    },
    "subject": "某路改造项目的征地批复文件",
    "retrieval_number": "530000-2024-00012",
    "topic": "征地拆迁",
    "provide_as": "paper",
    "obtain_by": "post",
    "accepts_other": True,
    "portal_reference": "KM-2026-000017",
}
ARRIVALS = ("submitted_at", "signed_on", "confirmed_at")
CONTACTS = ("phone", "address", "email")
#: which details belong to which channel; a petition letter may come either way
CHANNEL_OF = {
    "oral": "in_person",
    "web": "online",
    "email": "online",
    "app": "online",
    "signed_mail": "post",
    "ordinary_mail": "post",
}


class ApplicantBody(Body):
    """第二十九条: name, proof of identity, and a way to be reached."""

    kind = Key(ApplicantKind, help_text="申请人类别")
    name = Text(max_length=200, help_text="姓名或者名称")
    id_kind = Text(max_length=40, help_text="证件名称，如 居民身份证、统一社会信用代码")
    id_number = Text(max_length=60, help_text="证件号码")
    phone = Text(max_length=60, required=False, allow_blank=True)
    address = Text(max_length=500, required=False, allow_blank=True)
    email = serializers.EmailField(max_length=200, required=False, allow_blank=True)
    fax = Text(max_length=60, required=False, allow_blank=True, help_text="传真")
    postcode = Text(
        max_length=12, required=False, allow_blank=True, help_text="邮政编码"
    )
    workplace = Text(
        max_length=200, required=False, allow_blank=True, help_text="工作单位（公民）"
    )
    legal_representative = Text(
        max_length=100, required=False, allow_blank=True, help_text="法定代表人（组织）"
    )
    contact_name = Text(
        max_length=100, required=False, allow_blank=True, help_text="联系人姓名（组织）"
    )
    licence = Text(
        max_length=200,
        required=False,
        allow_blank=True,
        help_text="营业执照信息（组织）",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not any(attrs.get(contact) for contact in CONTACTS):
            raise serializers.ValidationError(
                spoken(
                    "须有联系方式（第二十九条）：", "A contact is needed (Art. 29): "
                )
                + " | ".join(CONTACTS)
            )
        return attrs


class CreateBody(Body):
    agency = Code(help_text="受理机关代码")
    channel = Key(Channel)
    channel_detail = Key(ChannelDetail, required=False)
    submitted_at = MomentText(required=False, help_text="提交时间，带时区，或日期")
    signed_on = DayText(required=False, help_text="签收日期（信函）")
    confirmed_at = MomentText(required=False, help_text="双方确认时间")
    applicant = ApplicantBody()
    subject = Text(
        max_length=10_000, help_text="申请内容：名称、文号或者其他特征性描述"
    )
    retrieval_number = Text(
        max_length=100, required=False, allow_blank=True, help_text="索取号"
    )
    topic = Text(max_length=60, required=False, allow_blank=True)
    provide_as = Key(
        ProvideAs, required=False, help_text="指定提供方式（第二十九条第二款第三项）"
    )
    obtain_by = Key(ObtainBy, required=False, help_text="获取信息的方式、途径")
    accepts_other = Flag(
        required=False, help_text="无法按指定方式提供时，可否接受其他方式"
    )
    portal_reference = Text(max_length=100, required=False, help_text="平台自己的编号")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not any(attrs.get(arrival) for arrival in ARRIVALS):
            raise serializers.ValidationError(
                spoken("须给出一个到达时间：", "One arrival is needed: ")
                + " | ".join(ARRIVALS)
            )
        belongs = CHANNEL_OF.get(attrs.get("channel_detail", ""), attrs["channel"])
        if belongs != attrs["channel"]:
            said = spoken(f"只属于 {belongs}", f"Belongs to {belongs} only")
            raise serializers.ValidationError({"channel_detail": [said]})
        return attrs


class Status(serializers.Serializer):
    reference = serializers.CharField(help_text="系统编号，处处唯一")
    number = serializers.CharField(help_text="登记编号，在机关内唯一")
    agency = serializers.CharField()
    stage = serializers.ChoiceField([(str(s), zh) for s, zh in STAGES_ZH.items()])
    received_on = serializers.DateField(help_text="收到申请之日（第三十一条）")
    base_due_on = serializers.DateField(allow_null=True, help_text="不含延期的期限")
    due_on = serializers.DateField(
        allow_null=True, help_text="答复期限；等待补正或缴费时没有 (none while awaited)"
    )
    provisional = serializers.BooleanField(help_text="暂定")
    waiting_for = serializers.ListField(
        child=serializers.ChoiceField(
            [("opinion", "征求意见"), ("payment", "缴费"), ("supplement", "补正")]
        )
    )
    outcome = Key(Outcome, allow_null=True)
    replied_on = serializers.DateField(allow_null=True)
    voided_on = serializers.DateField(
        allow_null=True,
        help_text="登记作废之日；作废的不再办理 (voided: nobody acts on it)",
    )


class Document(serializers.Serializer):
    name = serializers.CharField(help_text="不含姓名 (names nobody)")
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    url = serializers.CharField(
        help_text="在此取得；申请人以 POST 并给出编号与查询码 (the applicant: POST with the code)"
    )


class AwaitedOfApplicant(serializers.Serializer):
    what = Key(What, help_text="等待申请人办理的事项")
    since = serializers.DateField(help_text="告知之日 (the day of the notice)")
    until = serializers.DateField(
        allow_null=True, help_text="最后一日；不能确定时为空，见 until_because"
    )
    until_because = serializers.CharField(
        help_text="如何计算，或者为何没有 (how it is counted, or why there is none)"
    )
    amount = serializers.DecimalField(
        max_digits=14,
        decimal_places=2,
        allow_null=True,
        help_text="应缴信息处理费，元（第四十二条） (yuan)",
    )
    documents = Document(many=True, help_text="已盖章的告知书 (the notice itself)")


class WholeStatus(Status):
    awaited = AwaitedOfApplicant(
        many=True,
        help_text=(
            "等待申请人：补正（第三十条）、缴费（第四十二条）、说明理由（第三十五条）、"
            "确认收到（第三十一条）"
        ),
    )
    documents = Document(many=True, help_text="送达之前为空 (none until served)")


class Answer(Status):
    query_code = serializers.CharField(help_text="查询码，只给这一次")
