"""The studies and figures that cards name, in full, and what kind of study each of them is."""

import re

from commsim.core.mechanism import mechanisms
from commsim.core.source import Source, Study

_CORE: tuple[Source, ...] = (
    Source("Adjust 2022", "company figures", "Adjust, mobile app retention benchmarks. adjust.com/blog"),
    Source(
        "Algesheimer et al. 2010",
        "randomised experiment",
        "Algesheimer, Borle, Dholakia, Singh: The impact of customer community participation on customer "
        "behaviors. Marketing Science 29(4), 756-769. eBay Germany, a year, invited by lot. Abstract read",
    ),
    Source(
        "Barton et al. 2022",
        "meta-analysis",
        "Barton, Zlatevska, Oppewal: Scarcity tactics in marketing. Journal of Retailing 98(4), 741-758",
    ),
    Source(
        "BeiBei",
        "observational data",
        "Zhang, Gao, Jin, Li: Group-buying recommendation for social e-commerce. ICDE 2021, "
        "arXiv:2010.06848. 932,896 launches",
    ),
    Source(
        "BG/NBD fits",
        "refit of public data",
        "Order histories refitted here: CDNOW (lifetimes), groceries (BTYDplus), apparel (CLVTools)",
    ),
    Source(
        "Bijmolt et al. 2005",
        "meta-analysis",
        "Bijmolt, van Heerde, Pieters: New empirical generalizations on the determinants of price "
        "elasticity. Journal of Marketing Research 42(2), 141-156. 1,851 estimates",
    ),
    Source(
        "Briesch et al. 1997",
        "observational data",
        "Briesch, Krishnamurthi, Mazumdar, Raj: A comparative analysis of reference price models. "
        "Journal of Consumer Research 24(2), 202-214. Not re-read here",
    ),
    Source(
        "cheese",
        "refit of public data",
        "Weekly sales, prices and displays of 88 retailers (R package bayesm), refitted here",
    ),
    Source(
        "Centola 2010",
        "randomised experiment",
        "Centola: The spread of behavior in an online social network experiment. Science 329, 1194-1197. "
        "54 % of clustered networks reached, 38 % of random ones. Not re-read here",
    ),
    Source(
        "China Youth Daily 2016", "survey", "China Youth Daily, October 2016, 2,004 asked about chat groups"
    ),
    Source(
        "China Youth Daily 2020",
        "survey",
        "China Youth Daily, 3 September 2020, 2,002 asked about chat groups. xinhuanet.com c_1126445926",
    ),
    Source(
        "Datta et al. 2015",
        "observational data",
        "Datta, Foubert, van Heerde: The challenge of retaining customers acquired with free trials. Journal "
        "of Marketing Research 52(2), 217-234, 10.1509/jmr.12.0160. Abstract read",
    ),
    Source(
        "e-mail benchmarks",
        "company figures",
        "Opt-outs per campaign as published by vendors: opensend, linkmobility, onesignal",
    ),
    Source(
        "Enron and faculty graphs",
        "refit of public data",
        "E-mail of Enron and friendships of a faculty (R package igraphdata), measured here",
    ),
    Source(
        "Extole", "company figures", "Extole, referral benchmarks. success.extole.com/en/articles/11199311"
    ),
    Source(
        "Ferecatu et al. 2024",
        "observational data",
        "Ferecatu, De Bruyn, Mukherjee: Silently killing your panelists one email at a time. Journal of "
        "the Academy of Marketing Science 2024. 150,000 e-mails over three years",
    ),
    Source(
        "Garnefeld et al. 2013",
        "observational data",
        "Garnefeld, Eggert, Helm, Tax: Growing existing customers' revenue streams through customer "
        "referral programs. Journal of Marketing 77(4), 17-32. Matched, so partly selection",
    ),
    Source(
        "Goel et al. 2012",
        "observational data",
        "Goel, Watts, Goldstein: The structure of online diffusion networks. ACM EC 2012",
    ),
    Source(
        "Gupta 1988",
        "observational data",
        "Gupta: Impact of sales promotions on when, what, and how much to buy. Journal of Marketing Research "
        "25(4), 342-355. Not re-read here",
    ),
    Source(
        "Hardie et al. 1993",
        "observational data",
        "Hardie, Johnson, Fader: Modeling loss aversion and reference dependence effects on brand "
        "choice. Marketing Science 12(4), 378-394. Not re-read here",
    ),
    Source(
        "Hmurovic et al. 2023",
        "randomised experiment",
        "Hmurovic, Lamberton, Goldsmith: Examining the efficacy of time scarcity marketing promotions in "
        "online retail. Journal of Marketing Research 2023",
    ),
    Source(
        "Hu, Man and Winer",
        "observational data",
        "Hu, Man, Winer on group-buying deals: clickstream of Groupon. Tipping makes buying surer and "
        "quicker; it does not raise referrals",
    ),
    Source(
        "IRC counts",
        "refit of public data",
        "Messages per author in 178 excerpts of Ubuntu chat (irc-disentanglement), counted here",
    ),
    Source("job adverts", "company figures", "Advertised wages of community operators. taokenav.com/509"),
    Source(
        "Kivetz et al. 2006",
        "randomised experiment",
        "Kivetz, Urminsky, Zheng: The goal-gradient hypothesis resurrected. Journal of Marketing Research "
        "43(1), 39-58",
    ),
    Source(
        "Ladeira et al. 2023",
        "meta-analysis",
        "Ladeira and others on scarcity cues. Psychology & Marketing 2023, doi 10.1002/mar.21816",
    ),
    Source(
        "Lally et al. 2010",
        "small study",
        "Lally, van Jaarsveld, Potts, Wardle: How are habits formed. European Journal of Social "
        "Psychology 40(6), 998-1009",
    ),
    Source(
        "Lewis 2006",
        "observational data",
        "Lewis: Customer acquisition promotions and customer asset value. Journal of Marketing Research "
        "43(2), 195-203. Abstract read",
    ),
    Source(
        "Luckin",
        "company figures",
        "Luckin Coffee, 2020: 1.8 million members in 9,100 groups, as told to the press. "
        "suo.run/details/1851",
    ),
    Source(
        "Manchanda et al. 2015",
        "observational data",
        "Manchanda, Packard, Pattabhiramaiah: Social dollars. Marketing Science 34(3), 367-387. Who joined a "
        "retailer's community, against matched customers. Abstract read",
    ),
    Source(
        "Muchnik et al. 2013",
        "randomised experiment",
        "Muchnik, Aral, Taylor: Social influence bias. Science 341, 647-651. Votes on comments",
    ),
    Source(
        "one WhatsApp group", "small study", "2,768 messages of one group of 318 authors, public aggregates"
    ),
    Source(
        "Panek et al. 2018",
        "observational data",
        "Panek and others: group size and participation in 30 communities of Reddit over six years. "
        "Social Media + Society 2018, doi 10.1177/2056305118815908",
    ),
    Source(
        "Qiu et al. 2016",
        "observational data",
        "Qiu, Li, Tang, Lu, Ye, Chen, Yang, Hopcroft: The lifecycle and cascade of WeChat social "
        "messaging groups. WWW 2016, arXiv:1512.07831",
    ),
    Source("Qiu Ye 2015", "operators' practice", "Qiu Ye: Shequn yingxiao (book). cnad.com/show/848/259779"),
    Source(
        "SAGE Open 2022",
        "meta-analysis",
        "Trust in social commerce, 20 effects of 19 studies. SAGE Open 2022, doi 10.1177/21582440221091262. "
        "Its size not re-read here",
    ),
    Source(
        "Sahni et al. 2017",
        "randomised experiment",
        "Sahni, Zou, Chintagunta: Do targeted discount offers serve as advertising? Evidence from 70 field "
        "experiments. Management Science 63(8), 2688-2705. Read as told by the authors' school",
    ),
    Source(
        "Schmitt et al. 2011",
        "observational data",
        "Schmitt, Skiera, Van den Bulte: Referral programs and customer value. Journal of Marketing "
        "75(1), 46-59. 9,814 customers of a bank over 33 months",
    ),
    Source(
        "Sheeran 2002",
        "meta-analysis",
        "Sheeran: Intention-behavior relations. European Review of Social Psychology 12, 1-36. "
        "Not re-read here",
    ),
    Source(
        "Silverman and Barasch 2023",
        "randomised experiment",
        "Silverman, Barasch: On or off track. How (broken) streaks affect consumer decisions. Journal of "
        "Consumer Research 2023",
    ),
    Source("Tencent reports", "company figures", "Tencent on the hours of use. chinainternetwatch.com/15287"),
    Source(
        "van Heerde & Neslin 2008",
        "meta-analysis",
        "van Heerde, Neslin: Sales promotion models. Handbook of Marketing Decision Models, Springer. "
        "A review of estimates",
    ),
    Source(
        "van Heerde et al. 2004",
        "observational data",
        "van Heerde, Leeflang, Wittink: Decomposing the sales promotion bump with store data. Marketing "
        "Science 23(3), 317-334. Not re-read here",
    ),
    Source(
        "van Heerde et al. 2000",
        "observational data",
        "van Heerde, Leeflang, Wittink: The estimation of pre- and postpromotion dips with store-level "
        "scanner data. Journal of Marketing Research 37(3), 383-395",
    ),
    Source(
        "van Mierlo 2014",
        "observational data",
        "van Mierlo: The 1% rule in four digital health social networks. JMIR 16(2):e33. 578,349 posts",
    ),
    Source(
        "WeCom groups",
        "operators' practice",
        "67 marketing groups of shops on WeCom with 510,000 messages, counted by a practitioner: 27 % by "
        "customers, most groups quiet within two months",
    ),
    Source(
        "You et al. 2015",
        "meta-analysis",
        "You, Vadakkepatt, Joshi: A meta-analysis of electronic word-of-mouth elasticity. Journal of "
        "Marketing 79(2), 19-39. Elasticity of sales to ratings .417",
    ),
    Source(
        "Yuan et al. 2017",
        "observational data",
        "Yuan, Liu, Tan, Tang: Virtual red packets and groups, matched. arXiv:1712.02926",
    ),
    Source(
        "Yuan et al. 2024",
        "natural experiment",
        "Yuan, Liu, Tan, Chen, Pentland, Tang: Gift contagion in online groups. Management Science 2024, "
        "arXiv:1906.09698. 36 million envelopes",
    ),
)
SOURCES = tuple(
    sorted(
        {*_CORE, *(source for one in mechanisms() for source in one.sources)},
        key=lambda source: source.name.lower(),
    )
)
"""Those of the core and of mechanisms, in the order of their names."""

_WORDS: tuple[tuple[str, Study], ...] = (
    (r"\bvendor|\bcompany figures|flash windows|\btrade pages", "company figures"),
    (r"\boperators|\blore\b", "operators' practice"),
    (r"\btuned\b|\bset so that\b", "tuned"),
    (r"\bassumed\b", "assumed"),
    (r"^platform$|\bby law\b|\bcriminal\b", "rule"),
    (r"^-$|^operator's choice", "choice"),
)
"""What a card's own words say where no study is named, or besides it."""


def cited(text: str) -> tuple[Source, ...]:
    """The studies that a card names, in the order of `SOURCES`."""
    return tuple(source for source in SOURCES if source.name in text)


def kinds_of_study(text: str) -> tuple[Study, ...]:
    """What kinds of study a card rests on, each once, the named studies first; empty if it does not say."""
    named = [source.kind for source in cited(text)]
    said = [kind for pattern, kind in _WORDS if re.search(pattern, text)]
    return tuple(dict.fromkeys([*named, *said]))
