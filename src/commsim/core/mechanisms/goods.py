"""Goods beside each other, as readers of results see them."""

import numpy as np

from commsim.core.columns import Column
from commsim.core.mechanism import Event, Mechanism
from commsim.core.part import Part
from commsim.core.source import Source
from commsim.core.units import Portion, param


class GoodsBehaviour(Part):
    """What goods do to who buys."""

    taste: float = param(
        0.5,
        "Spread of persons' own tastes: of the log of how much each likes a product, against others",
        unit="log",
        low=0.0,
        high=3.0,
        plausible=(0.2, 1.0),
        source="assumed",
        grade="D",
    )
    variety: float = param(
        0.1,
        "Growth of the rate of buying with what there is to choose from, as an exponent",
        unit="exponent",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.2),
        source="Boatwright & Nunes 2001; Borle et al. 2005: signs conflict; size assumed",
        grade="C",
        neutral=0.0,
    )
    add_on: Portion = param(
        0.1,
        "Chance that an order has a second product, of all that suit it together",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.03, 0.3),
        source="assumed",
        grade="D",
        neutral=0.0,
    )
    drawn: float = param(
        2.0,
        "Factor on that for goods that earn, beside goods that draw people: puts in that drawing works",
        unit="factor",
        low=0.0,
        high=10.0,
        plausible=(1.0, 3.0),
        source="operators' guides; size assumed",
        grade="D",
        neutral=1.0,
    )
    to_free: float = param(
        1.5,
        "Factor on that chance for what brings an order up to free shipping: puts in that people fill up",
        unit="factor",
        low=0.0,
        high=10.0,
        plausible=(1.0, 3.0),
        source="assumed",
        grade="D",
        neutral=1.0,
    )
    novelty: float = param(
        1.5,
        "Factor on buying something on the day on which it is new: puts in that it thrills",
        unit="factor",
        low=1.0,
        high=10.0,
        plausible=(1.1, 2.5),
        source="assumed",
        grade="D",
        neutral=1.0,
    )
    novelty_days: float = param(
        7.0,
        "Days after which half of that has worn off: puts in that it does",
        unit="days",
        low=0.5,
        high=365.0,
        plausible=(3.0, 30.0),
        source="assumed",
        grade="D",
    )
    stocked: Portion = param(
        0.7,
        "Part of the further pieces of a pack that is not bought again later: puts in that packs do not only "
        "sell more",
        unit="share",
        low=0.0,
        high=0.99,
        plausible=(0.4, 0.95),
        source="sign: who has more at home uses it faster (Ailawadi & Neslin 1998); size assumed",
        grade="D",
        neutral=0.0,
    )
    waiting: float = param(
        0.005,
        "Part of the orders that a day of waiting for what is not bought yet costs: puts in that it does",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.002, 0.02),
        source="Cui et al. 2024",
        grade="A",
        neutral=0.0,
    )


BASKET = Event(
    "basket", "Another product went into the basket of an order; fen: what is paid for it.", kept=True
)
AT_HOME = Column("at_home", np.float32, "pieces of packs that they still have at home", range="pieces")
GOODS = Mechanism(
    "goods",
    "Goods beside each other: own tastes, baskets of several, what is new, what is in stock.",
    engine="commsim.simulation.mechanisms.goods:Assortment",
    columns=(AT_HOME,),
    events=(BASKET,),
    daily=(
        Column("basket_lines", np.int32, "products that were ordered beside another one"),
        Column("sold_out", np.int32, "orders lost since the product was sold out"),
        Column("pieces_left", np.int64, "pieces in stock at the end of the day"),
        Column(
            "stock_value",
            np.int64,
            "what was paid for them; below 0: pieces sold that are still to be bought",
            money=True,
        ),
        Column("pieces_spoilt", np.int64, "pieces that have spoilt today"),
        Column("shipped_free", np.int32, "parcels that were large enough for free shipping"),
        Column("parcels", np.int32, "parcels sent, where a plan says what they cost"),
        Column("traffic_earned", np.int64, "paid for goods that draw people, less their cost", money=True),
        Column("profit_earned", np.int64, "paid for goods that earn, less their cost", money=True),
    ),
    behaviour=GoodsBehaviour,
    sources=(
        Source(
            "Ailawadi & Neslin 1998",
            "observational data",
            "Ailawadi, Neslin: The effect of promotion on consumption: buying more and consuming it faster. "
            "Journal of Marketing Research 35(3), 390-398. Not re-read here",
        ),
        Source(
            "Boatwright & Nunes 2001",
            "natural experiment",
            "Boatwright, Nunes: Reducing assortment: an attribute-based approach. Journal of Marketing "
            "65(3), 50-63. Not re-read here",
        ),
        Source(
            "Borle et al. 2005",
            "natural experiment",
            "Borle, Boatwright, Kadane, Nunes, Shmueli: The effect of product assortment changes on customer "
            "retention. Marketing Science 24(4), 616-622. Not re-read here",
        ),
        Source(
            "Cui et al. 2024",
            "natural experiment",
            "Cui, Lu, Sun, Golden: Sooner or later? Promising delivery speed in online retail. Manufacturing "
            "& Service Operations Management 26(1), 233-251. Not re-read here",
        ),
    ),
    words={
        "pathway.goods.variety": ("a wider range sells more", "品类丰富带动购买"),
        "pathway.goods.add_on": ("orders take other goods along", "下单时连带购买"),
        "pathway.goods.drawn": ("goods that draw bring orders of goods that earn", "引流品带动利润品"),
        "pathway.goods.to_free": ("people fill an order up to free shipping", "为包邮凑单"),
        "pathway.goods.novelty": ("what is new thrills", "新品有新鲜感"),
        "pathway.goods.stocked": ("who has a pack at home buys less", "囤货后少买"),
        "pathway.goods.waiting": ("waiting for goods costs orders", "等货流失订单"),
        "daily.basket_lines": ("Added to baskets", "连带购买件数"),
        "daily.sold_out": ("Orders lost, sold out", "缺货流失订单"),
        "daily.pieces_left": ("Pieces in stock", "库存件数"),
        "daily.stock_value": ("Stock at cost (yuan)", "库存金额（元）"),
        "daily.pieces_spoilt": ("Pieces spoilt", "报损件数"),
        "daily.shipped_free": ("Parcels with free shipping", "包邮件数"),
        "daily.parcels": ("Parcels sent", "发出包裹"),
        "daily.traffic_earned": ("Earned on goods that draw (yuan)", "引流品毛利（元）"),
        "daily.profit_earned": ("Earned on goods that earn (yuan)", "利润品毛利（元）"),
        "event.basket": ("Took something else along.", "顺便多买了一件。"),
    },
)
