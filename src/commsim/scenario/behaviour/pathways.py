"""Pathways: the ways in which what happens acts on members, each of which can be switched off.

A setting of behaviour that measures how strongly something acts says at which value it does nothing
(``neutral`` of `commsim.core.units.param`): 1 for a factor, 0 for a log or a chance.  Settings of one
pathway are switched off together.  What only says how, how long or how unequally something acts has no such
value, and nor has what makes people who they are (rates of buying, trust at the start, half-lives).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from commsim.core.mechanism import words
from commsim.scenario.fields import card, model_in

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

_CORE = {
    "adverts": ("announcements and adverts sell to who reads them", "预告和广告带动购买"),
    "announcing": ("announcing a sale brings people to it", "预告把人带到活动"),
    "annoyance": ("posts annoy for good", "打扰造成长期反感"),
    "answers": ("staff's answers make a group worth a look", "客服答复让群更值得看"),
    "borrowed": ("sales take orders from later days", "促销透支以后的订单"),
    "brought": ("who is brought by a friend buys more", "好友带来的人买得更多"),
    "buyers_seen": ("buyers who are seen make others buy", "看到别人下单跟着买"),
    "check_in": ("the habit of checking in brings a look", "签到习惯带动看群"),
    "countdown": ("a countdown moves people", "倒计时催人下单"),
    "crowding": ("several messages a day tire more than one", "一天多条消息更招人烦"),
    "deals": ("real deals keep people active", "真优惠保持活跃"),
    "doubt": ("some come only when a second friend has asked", "有人要两位好友都邀请才入群"),
    "empty_posts": ("empty adverts cost activity and trust", "硬广消耗活跃与信任"),
    "envelopes": ("envelopes gather and rouse people", "红包聚人气"),
    "fatigue": ("announcements and adverts wear off as they are repeated", "预告和广告重复后失效"),
    "forgiving": ("a group worth a look is forgiven its messages", "群有价值，打扰可以容忍"),
    "friends_stay": ("friends brought, and who brought them, stay longer", "老带新双方留得更久"),
    "group_size": ("people talk less in larger groups", "群越大人均发言越少"),
    "leaving": ("messages make members leave", "消息让人退群"),
    "members_adverts": ("members post adverts of their own", "群友发小广告"),
    "messages_mute": ("messages make members mute the group", "消息让人设免打扰"),
    "muting": ("who has muted the group looks in less", "免打扰后看群变少"),
    "own_hours": ("people have hours of their own", "各人有各自的活跃时段"),
    "parcels": ("parcels win and cost trust", "收货体验影响信任"),
    "price": ("lower prices sell", "降价带动购买"),
    "regret": ("who comes when all is sold trusts less", "没抢到伤信任"),
    "replies": ("talk makes talk", "有人聊才有人接话"),
    "sample_quality": ("customers won by samples buy less", "试用客户价值偏低"),
    "samples": ("what costs next to nothing is tried", "近乎免费的试用有人领"),
    "scarcity": ("scarcity sells", "稀缺带动购买"),
    "talk": ("talk keeps people active", "聊天保持活跃"),
    "team_rate": ("who buys more joins teams more readily", "爱买的人更爱参团"),
    "touch": ("being in touch with the group sells", "常看群的人买得更多"),
    "trust": ("trust sways buying", "信任影响购买"),
    "trusted_invite": ("who trusts the shop brings more friends", "信任店家的人带来更多好友"),
    "unmuting": ("a group worth a look is unmuted again", "群有价值就取消免打扰"),
}
"""What each of the core is, in English and Chinese; a mechanism's stand in its words as ``pathway.NAME``."""


_OF_PEOPLE = frozenset({"buying.elasticity"})
"""Settings with a neutral value that traits of persons are drawn from; see `commsim.population.traits`."""


@dataclass(frozen=True, slots=True)
class Pathway:
    """One way in which what happens acts on members.

    name: such as ``adverts``, or ``levels.status`` of a mechanism.  neutral: by path of its settings
    (``buying.advert``) the value at which each does nothing.
    """

    name: str
    neutral: dict[str, float]

    def told(self, language: str = "en") -> str:
        """What it is, in ``en`` or ``zh``; its name where nobody has said."""
        both = _CORE.get(self.name)
        if both:
            return both[("en", "zh").index(language)]
        return words(language).get(f"pathway.{self.name}", self.name)

    @property
    def makes_people(self) -> bool:
        """Whether people themselves are others without it, not only what they do."""
        return not _OF_PEOPLE.isdisjoint(self.neutral)

    def is_off(self, plan: "Scenario") -> bool:
        """Whether it does nothing under a plan's behaviour as it is."""
        return all(_at(plan, path) == value for path, value in self.neutral.items())


def pathways(plan: "Scenario") -> tuple[Pathway, ...]:
    """Those of the core, and of the mechanisms that a plan uses, that are not switched off already."""
    used = {one.name for one in plan.mechanisms}
    core = set(_core_sections())
    found = declared(type(plan.behaviour))
    return tuple(
        one for one in found if (_sections(one) <= core or _sections(one) <= used) and not one.is_off(plan)
    )


def declared(behaviour: type[BaseModel]) -> tuple[Pathway, ...]:
    """All that behaviour has: the core's by name, then those of mechanisms, section by section."""
    found: dict[str, dict[str, float]] = {}
    for name, path, value in _settings(behaviour):
        found.setdefault(name, {})[path] = value
    core = sorted(name for name in found if "." not in name)
    return tuple(Pathway(name, found[name]) for name in (*core, *(name for name in found if "." in name)))


def without(plan: "Scenario", pathway: Pathway) -> "Scenario":
    """The same plan where a pathway does nothing."""
    behaviour = plan.behaviour
    for path, value in pathway.neutral.items():
        section, _, name = path.partition(".")
        part = getattr(behaviour, section)
        behaviour = behaviour.model_copy(update={section: part.model_copy(update={name: value})})
    return plan.model_copy(update={"behaviour": behaviour})


def _settings(behaviour: type[BaseModel]) -> Iterator[tuple[str, str, float]]:
    """Pathway, path and neutral value of each setting that has one."""
    core = set(_core_sections())
    for section, field in behaviour.model_fields.items():
        part = model_in(field.annotation)
        for name, setting in (part.model_fields if part else {}).items():
            about = card(setting)
            if "neutral" in about:
                own = about.get("pathway", name)
                yield own if section in core else f"{section}.{own}", f"{section}.{name}", about["neutral"]


def _core_sections() -> list[str]:
    from commsim.scenario.behaviour import Core

    return list(Core.model_fields)


def _sections(one: Pathway) -> set[str]:
    return {path.partition(".")[0] for path in one.neutral}


def _at(plan: "Scenario", path: str) -> float:
    section, _, name = path.partition(".")
    return float(getattr(getattr(plan.behaviour, section), name))
