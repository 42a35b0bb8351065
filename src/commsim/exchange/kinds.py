"""The kinds of tables that operators' tools export, and how their columns are called there."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_WHO = (
    "外部联系人|群成员|成员|客户|用户|会员|顾客|粉丝|买家|下单人|付款人|收货人|收件人|提货人|发送人|发送者|发言人|发言者|"
    "领取人|领取者|签到人|打卡人|微信|member|customer|client|user|buyer|sender|contact"
)
_RANKS = (
    "unionid|union_id",
    "external_userid|externaluserid|外部联系人id",
    "id|编号|userid|user_id",
    "手机号|手机号码|手机|联系电话|电话|电话号码|phone|mobile",
    "微信号|qq号?|wechat",
    "昵称|群昵称|群名片|名称|姓名|名字|名|nickname|name",
)
"""What tells people apart, the surest first."""
_IDS = tuple(
    re.compile(rf"(?:{_WHO})?[ _的]?(?:{what})") if k != 1 else re.compile(what)
    for k, what in enumerate(_RANKS)
)
_BARE = re.compile(_WHO)


def plain_name(header: str) -> str:
    """The name of a column without what differs between exports: width, blanks, units in brackets."""
    text = unicodedata.normalize("NFKC", header).strip().lower()
    return re.sub(r"\s+|\([^)]*\)|\[[^]]*\]|[*:\ufeff]", "", text)


@cache
def id_rank(name: str) -> int | None:
    """How surely a column of this plain name tells people apart, from 0; None for any other column."""
    name = name.partition("/")[0]  # 收货人手机号/提货人手机号
    for rank, pattern in enumerate(_IDS):
        if pattern.fullmatch(name):
            return rank
    return len(_RANKS) if _BARE.fullmatch(name) else None


@dataclass(frozen=True)
class Field:
    """A column: its plain names, the first preferred.  generic: names that need a hint from elsewhere."""

    names: tuple[str, ...]
    generic: tuple[str, ...] = ()
    needed: bool = False
    tells: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of tables.  hint: in the name of a file or sheet.  fields: all but who it is about.

    one_of: fields of which one must be there.
    """

    name: str
    hint: str
    fields: dict[str, Field]
    one_of: tuple[str, ...] = ()


def _field(names: str, generic: str = "", *, needed: bool = False, tells: bool = False) -> Field:
    return Field(tuple(names.split()), tuple(generic.split()), needed, tells)


_DAY = "日期 时间 统计日期 统计时间 date day time"
_GROUP = _field(
    "群 群名称 群名 群聊名称 群聊 所属群 所在群 所在群名 所属群聊 客户群名称 客户群 "
    "社群名称 社群 微信群 group group_name"
)
KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "members",
            "群成员|入群|退群|成员列表|members",
            {
                "group": _GROUP,
                "joined": _field(
                    "入群时间 进群时间 入群日期 进群日期 加群时间 加入时间 加入群聊时间 joined joined_at",
                    tells=True,
                ),
                "left": _field(
                    "退群时间 退群日期 离群时间 离开时间 退出时间 退出群聊时间 left left_at", tells=True
                ),
                "role": _field("成员类型 用户类型 成员身份 身份 角色 role"),
            },
            one_of=("joined", "left"),
        ),
        Kind(
            "orders",
            "订单|交易|orders",
            {
                "time": _field(
                    "付款时间 支付时间 买家付款时间 订单付款时间 支付完成时间 支付成功时间 "
                    "交易付款时间 成交时间 paid_at "
                    "下单时间 订单创建时间 创建时间 ordered_at",
                    _DAY,
                    needed=True,
                    tells=True,
                ),
                "amount": _field(
                    "订单实付金额 实付金额 实付款 买家实付金额 买家实际支付金额 实收金额 支付金额 实付 "
                    "用户实付金额 实际支付金额 商品实付金额 商品实际成交金额 商品实付 小计 "
                    "订单金额 订单总额 总金额 商品金额合计 paid",
                    "金额 amount",
                    needed=True,
                ),
                "number": _field("订单号 订单编号 订单id 主订单号 主订单编号 order order_id"),
                "status": _field("订单状态 交易状态 order_status", "状态 status"),
                "refund": _field("退款状态 售后状态 商品退款状态 refund_status"),
            },
        ),
        Kind(
            "messages",
            "发言|消息|会话|聊天|messages",
            {
                "group": _GROUP,
                "time": _field("发送时间 消息时间 发言时间 聊天时间 sent_at", _DAY, needed=True, tells=True),
                "count": _field(
                    "发言数 发言条数 发言次数 消息数 消息条数 发送消息数 发送消息条数 聊天条数 messages",
                    tells=True,
                ),
            },
        ),
        Kind(
            "check_ins",
            "签到|打卡|check.?ins?",
            {
                "group": _GROUP,
                "time": _field(
                    "签到时间 签到日期 签到日 打卡时间 打卡日期 checked_in_at", _DAY, needed=True, tells=True
                ),
            },
        ),
        Kind(
            "envelopes",
            "红包|envelopes?",
            {
                "group": _GROUP,
                "time": _field("领取时间 领取日期 抢红包时间 received_at", _DAY, needed=True, tells=True),
                "amount": _field(
                    "领取金额 红包金额 抢到金额 领取红包金额", "金额 amount", needed=True, tells=True
                ),
            },
        ),
    )
}
BY_LINE = ("商品实付金额", "商品实际成交金额", "商品实付", "小计")
"""Amounts of one line of an order; all others are of the whole order, and repeated on each of its lines."""
WHEN_ORDERED = ("下单时间", "订单创建时间", "创建时间", "ordered_at", *_DAY.split())
"""Times of an order that tell nothing of its payment."""
