"""办理指引: five questions in the order in which they are decided, 补不补 → 该不该 → 有没有 →
给不给 → 当不当 (国务院办公厅政府信息与政务公开办公室 2020-01-10 转发的江苏省办理答复规范), by the
Regulations in force since 2019-05-15. Answers lead to a proposed outcome, or to an act.

A tree of data; what is said is said in both languages, and nothing here decides: a person
does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from requests_app.domain import conclusion
from requests_app.domain import events as happened
from requests_app.domain.events import Event
from requests_app.domain.grounds import article
from requests_app.domain.letters import KIND_OF, LetterKind
from requests_app.domain.regimes import REGIMES
from requests_app.domain.vocabulary import Outcome

#: the order of decision is of the Regulations of 2019, whatever day the request came
FIRST_DAY = REGIMES[-1].in_force_from


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An answer: on to the next question, to an outcome, or to an act."""

    key: str
    said: str
    article: str = ""
    leads: str = ""  # the next step
    outcome: Outcome | None = None
    act: type[Event] | None = None
    letter: LetterKind | None = None
    weighed: bool = True  # whether the evidence of its step is owed


@dataclass(frozen=True, kw_only=True)
class Field:
    """What is kept as evidence beside the answer."""

    key: str
    zh: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Step:
    key: str
    zh: str
    said: str
    question: str
    article: str
    look: tuple[str, ...]
    evidence: tuple[Field, ...]
    choices: tuple[Choice, ...]
    records: type[Event] | None = None  # what its evidence is an entry of besides

    def choice(self, key: str) -> Choice | None:
        return next((c for c in self.choices if c.key == key), None)

    @property
    def always_weighed(self) -> bool:
        return all(c.weighed for c in self.choices)


#: 第三十六条第（一）项: what is public already is told of; nothing is left to be weighed
UNWEIGHED = frozenset({Outcome.ALREADY_PUBLIC})


# fmt: off
def refusing(told: Mapping[Outcome, str]) -> tuple[Choice, ...]:
    """Answers that propose an outcome; whether the reply is fit is asked after it."""
    return tuple(
        Choice(key=outcome.value, said=said, outcome=outcome, leads="fitting",
               article=article(outcome, FIRST_DAY), weighed=outcome not in UNWEIGHED)
        for outcome, said in told.items()
    )


def kept(**told: tuple[str, str]) -> tuple[Field, ...]:
    """Evidence by its keys: the heading that it is kept under, and how it is asked for."""
    return tuple(Field(key=key, zh=zh, said=said) for key, (zh, said) in told.items())


STEPS: tuple[Step, ...] = (
    Step(
        key="supplement", zh="补不补", said="补不补 (Clear enough?)",
        question="申请内容是否明确，要不要告知补正？ (Is the request clear, or is a supplement to be asked for?)",
        article="第二十九条、第三十条",
        look=(
            "姓名或名称、身份证明、联系方式是否齐全 (name, proof of identity and contact are there)",
            "有无名称、文号或便于查询的其他特征性描述 (a name, a number or another description to search by)",
            "有无形式要求：获取信息的方式、途径 (how the information is to be given)",
            "收到之日起七个工作日内一次性告知；逾期不得再要求 (asked once, within 7 working days of receipt)",
        ),
        evidence=(),
        choices=(
            Choice(key="clear", said="内容明确，不需补正 (clear: no supplement)", leads="duty"),
            Choice(key="ask", said="内容不明确，告知补正 (unclear: ask for a supplement)", article="第三十条",
                   act=happened.SupplementAsked, letter=LetterKind.SUPPLEMENT_NOTICE),
            *refusing({
                Outcome.STILL_UNCLEAR: "已补正，内容仍不明确 (supplemented, still unclear)",
                Outcome.SUPPLEMENT_LAPSED: "无正当理由逾期不补正 (not supplemented in time, without good reason)",
                Outcome.WITHDRAWN: "申请人主动撤回 (withdrawn by the applicant)",
            }),
        ),
    ),
    Step(
        key="duty", zh="该不该", said="该不该 (Ours to answer?)",
        question="是否政府信息公开申请，是否由本机关答复？ (Is it a request for government information, and is it ours to answer?)",
        article="第二条、第十条、第三十五条、第三十六条、第三十九条",
        look=(
            "实质是信访、举报、投诉，或要求解答、确认的，不属于公开申请 (a petition, report or complaint in substance)",
            "同一申请人、同一内容，本机关已答复的为重复；他机关答复的不算 (repeated only where this agency answered the same)",
            "由谁制作、谁保存；牵头制作机关是否另有其人 (who made it, who keeps it, who led in making it)",
            "数量、频次明显超过合理范围的，可先要求说明理由 (clearly too many: reasons may be asked for)",
            "收费告知后二十个工作日未缴费的，视为放弃 (a fee unpaid for 20 working days: abandoned)",
        ),
        evidence=(),
        choices=(
            Choice(key="ours", said="属于公开申请，由本机关答复 (a request, and ours to answer)", leads="held"),
            *refusing({
                Outcome.NOT_THIS_AGENCY: "不由本机关负责公开 (not for this agency to disclose)",
                Outcome.PETITION: "信访、举报、投诉类 (petition, report or complaint)",
                Outcome.REPEATED: "已答复过，重复申请 (answered before: repeated)",
                Outcome.PUBLICATION: "要求提供公开出版物 (asks for a publication)",
            }),
            Choice(key="delay", said="数量频次过多，理由合理但不能按期 (too many, for good reasons, not feasible in time)",
                   article="第三十五条", act=happened.DelayAgreed, letter=LetterKind.DELAY_NOTICE),
            *refusing({
                Outcome.EXCESSIVE: "数量频次过多，理由不合理 (too many, without good reason)",
                Outcome.RECONFIRMATION: "要求确认或重新出具已获取的信息 (asks to confirm or reissue)",
                Outcome.ENQUIRY_MATTER: "法律、行政法规另有查询规定 (another law rules the enquiry)",
                Outcome.NOT_GOVERNMENT_INFORMATION: "不是政府信息 (not government information)",
                Outcome.TOLD_OTHER_CHANNEL: "应通过其他途径办理，如已移交国家档案馆 (another channel, such as the state archives)",
            }),
            Choice(key="fee", said="先收取信息处理费 (a processing fee first)", article="第四十二条",
                   act=happened.FeeNoticed, letter=LetterKind.FEE_NOTICE),
            *refusing({
                Outcome.FEE_LAPSED: "收费告知后逾期不缴费 (fee not paid in time)",
                Outcome.OTHER: "其他处理 (otherwise handled)",
            }),
        ),
    ),
    Step(
        key="held", zh="有没有", said="有没有 (Is it held?)",
        question="本机关有没有所申请的信息？ (Does this agency hold what is asked for?)",
        article="第三十六条第（四）项、第三十八条",
        look=(
            "检索业务系统、档案和纸质卷，并问承办单位 (systems, archives, paper files, the units concerned)",
            "换用别名、文号和年份再检索 (search again by other names, numbers, years)",
            "诉讼中须证明已尽合理检索义务（法释〔2025〕8号第五条） (in court a reasonable search has to be proved)",
            "需加工、分析或另行制作的，可不提供 (processing, analysing or making is not owed)",
        ),
        evidence=kept(
            where=("检索范围", "检索范围：何处检索 (where was searched)"),
            terms=("检索词", "检索词 (terms searched for)"),
            who=("检索人", "检索人 (who searched)"),
            result=("检索结果", "检索结果 (what was found)"),
        ),
        choices=(
            Choice(key="held", said="有，已找到 (held, and found)", leads="give"),
            *refusing({
                Outcome.NOT_HELD: "经检索没有 (searched, not held)",
                Outcome.NEEDS_MAKING: "没有现成信息，需另行制作 (would need making)",
            }),
        ),
        records=happened.Searched,
    ),
    Step(
        key="give", zh="给不给", said="给不给 (Give it?)",
        question="公开、部分公开，还是不予公开？ (Disclose, in part, or refuse?)",
        article="第十四条至第十七条、第三十二条、第三十四条、第三十六条、第三十七条",
        look=(
            "先审查后公开；不能确定的，报主管部门或保密行政管理部门确定 (reviewed first; where in doubt, ask above)",
            "涉及第三方的，书面征求意见，十五个工作日；不同意且理由合理才不公开 (third parties are asked in writing)",
            "不公开会对公共利益造成重大影响的，仍予以公开 (public interest may outweigh a third party's)",
            "能够区分处理的，公开可以公开的部分 (what can be severed is disclosed in part)",
        ),
        evidence=kept(
            third_party=("第三方权益", "第三方合法权益的权衡 (the third party's rights)"),
            public_interest=("公共利益", "公共利益的权衡 (the public interest)"),
            three_securities=("三安全一稳定", "国家、公共、经济安全和社会稳定的评估 (security and stability)"),
        ),
        choices=(
            *refusing({
                Outcome.ALREADY_PUBLIC: "已主动公开，告知获取方式 (already public: tell where)",
                Outcome.GRANTED: "予以公开 (grant)",
                Outcome.PARTLY_GRANTED: "部分公开，区分处理 (grant in part)",
            }),
            Choice(key="consult", said="涉及第三方，先征求意见 (a third party: consult first)", article="第三十二条",
                   act=happened.OpinionSought, letter=LetterKind.OPINION_THIRD_PARTY,
                   weighed=False),  # weighed on the answer
            Choice(key="consult_agency", said="共同制作，先征求其他机关意见 (made jointly: consult the other agencies first)",
                   article="第三十四条", act=happened.OpinionSought,
                   letter=LetterKind.OPINION_CO_MAKER, weighed=False),
            *refusing({
                Outcome.STATE_SECRET: "属于国家秘密 (state secret)",
                Outcome.FORBIDDEN_BY_LAW: "法律、行政法规禁止公开 (forbidden by law)",
                Outcome.THREE_SECURITIES: "危及三安全一稳定 (endangers security or stability)",
                Outcome.TRADE_SECRET: "商业秘密 (trade secret)",
                Outcome.PERSONAL_PRIVACY: "个人隐私 (personal privacy)",
                Outcome.OTHER_THIRD_PARTY_RIGHTS: "第三方的其他合法权益 (other rights of a third party)",
                Outcome.INTERNAL_AFFAIRS: "内部事务信息 (internal affairs)",
                Outcome.DELIBERATIVE: "过程性信息 (deliberative)",
                Outcome.ENFORCEMENT_FILE: "行政执法案卷 (enforcement file)",
            }),
        ),
    ),
    Step(
        key="fitting", zh="当不当", said="当不当 (Is the reply fit?)",
        question="答复的内容、依据、形式和程序是否适当？ (Are content, grounds, form and procedure of the reply fit?)",
        article="第三十三条、第三十六条、第四十条、第四十五条",
        look=(
            "标题、文号、申请人、申请事实、法律依据、处理决定齐全 (title, number, applicant, facts, grounds, decision)",
            "写明复议和诉讼的权利、机关和期限；依第十四至十六条不予公开的先行复议 (remedies are named; review first after Art. 14–16)",
            "答复主体、日期和印章；按申请人要求的形式提供 (who replies, day and seal; in the form asked for)",
            "答复期限内不能答复的，先经机构负责人同意延期 (not in time: extend, with the head's consent)",
        ),
        evidence=(),
        choices=(
            Choice(key="fit", said="适当，送审 (fit: submit for review)", article="第四十五条",
                   act=happened.SubmittedForReview),
            Choice(key="extend", said="期限内不能答复，延期 (not in time: extend)", article="第三十三条第二款",
                   act=happened.Extended, letter=LetterKind.EXTENSION_NOTICE),
        ),
    ),
)
# fmt: on
BY_KEY: Mapping[str, Step] = {step.key: step for step in STEPS}
FIRST = STEPS[0]
Answers = Mapping[str, str]  # step → the choice made last


@dataclass(frozen=True, kw_only=True)
class Course:
    """How far the answers lead: the steps on the way, the next one to be answered, and
    what the last answers propose."""

    way: tuple[Step, ...]
    next: Step | None
    outcome: Outcome | None = None
    act: type[Event] | None = None
    choice: Choice | None = None

    @property
    def letters(self) -> tuple[tuple[LetterKind, Outcome | None], ...]:
        """What it goes out by: the reply, and the letter of an act that comes first."""
        reply = [(KIND_OF[self.outcome], self.outcome)] if self.outcome else []
        first = self.choice.letter if self.choice else None
        return (*reply, *([(first, None)] if first else []))


def course(answers: Answers) -> Course:
    """Along the answers from the first question; an answer aside of the way says nothing."""
    way: list[Step] = []
    outcome: Outcome | None = None
    step: Step | None = FIRST
    chosen: Choice | None = None
    while step is not None:
        way.append(step)
        answer = step.choice(answers.get(step.key, ""))
        if answer is None:
            return Course(way=tuple(way), next=step, outcome=outcome, choice=chosen)
        chosen, outcome = answer, answer.outcome or outcome
        step = BY_KEY.get(answer.leads)
    assert chosen is not None
    return Course(
        way=tuple(way), next=None, outcome=outcome, act=chosen.act, choice=chosen
    )


def choices_on(step: Step, on: date) -> Iterator[Choice]:
    """Those that the law of that day knows: a reply is judged by its own day."""
    return (
        choice
        for choice in step.choices
        if choice.outcome is None or conclusion.in_force(choice.outcome, on)
    )
