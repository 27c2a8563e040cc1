"""What belongs in an entered line of the 2018 table, as far as a source says it.

The official notes on the indicators were not found: what is here follows from the labels, the
layout and its rules (S18-R…), or is LAW §2.1's working definition and says so. 中文 / English.
"""

from collections.abc import Mapping

# fmt: off
HELP: Mapping[str, str] = {
    "1.1":     "同一信息经几种渠道公开只计1条，通常小于各渠道之和 / one item published through several channels counts once",
    "1.1.s1":  "主动公开政府信息数之中的规范性文件 / normative documents among the items above",
    "1.1.s2":  "本年制发的，不论是否公开 / issued in the year, published or not",
    "2.1":     "以几种方式回应同一热点计1次 / one topic answered in several ways counts once",
    "2.2.1.1": "新闻发布会总次数之中主要负责同志参加的 / of the press conferences above, those with the principal",
    "2.2.2.1": "在线访谈次数之中主要负责同志参加的 / of the interviews above, those with the principal",
    "6":       "2008年条例第三十三条第一款的举报、投诉（工作口径） / reports and complaints under Art. 33(1) of 2008 (a working definition)",
    "8.3":     "专职人员数与兼职人员数之和 / full-time and part-time together",
    "8.3.1":   "不包括政府公报及政府网站工作人员 / without those of the gazette and the website",
    "8.4":     "以万元为单位，最多六位小数；不包括政府公报编辑管理及政府网站建设维护的经费 / in 10 000 yuan, without the gazette and the website",
}
# fmt: on
