"""Which contributions say the same thing, and which themes they might be sorted under.

Proposals only: a person merges or sorts, and the originals stay.

Near-duplicates
    Texts are normalised (lower case, no accents, letters and digits only) and cut into their
    sets of 3-grams of characters, one space at each end. Two texts are near-duplicates when
    |A ∩ B| / |A ∪ B| ≥ likeness (0.6 by default; P. Jaccard, 1901). The join is exact: every
    such pair is found, none other. Pairs worth comparing come from a prefix filter (C. Xiao,
    W. Wang, X. Lin, J. Yu, G. Wang, "Efficient similarity joins for near-duplicate detection",
    ACM TODS 36 (3), 2011), then from signatures of bits (E. Sandes, G. Teodoro, A. Melo,
    "Bitmap filter", Information Systems 88, 2020). Groups are the connected components.

Themes
    TF-IDF of Snowball French stems and of 4-grams inside words, truncated singular value
    decomposition, spherical k-means (I. Dhillon, D. Modha, 2001; started by k-means++,
    D. Arthur, S. Vassilvitskii, 2007), repeated from several starts whose partitions are merged
    (cluster ensembles, A. Strehl, J. Ghosh, JMLR 3, 2002), because one start alone is a lottery
    on short texts. Without a number of themes, √(n / 2), between 2 and 12 (K. Mardia et al.,
    Multivariate Analysis, 1979). With examples by theme, seeded k-means (S. Basu, A. Banerjee,
    R. Mooney, ICML 2002): examples place the centres and never leave their theme. Where word
    vectors are handed beside the request, the mean of the words of each text, centred on the
    corpus (S. Arora, Y. Liang, T. Ma, ICLR 2017), stands beside its letters: for 3 / (3 + n) of
    the weight of a text of n words, for 40 % with examples. They help very short texts and
    examples, not long texts sorted without.

Explaining words
    For each stem: p ln(((a + ½) / (n + 1)) / ((b + ½) / (m + 1))), where a of the n texts of the
    group hold it, p = a / n, and b of the m others; shown by its most frequent form.

Limits
    Nothing here understands a sentence: « plus de vélos » and « moins de vélos » are alike, and
    two ways of saying one thing without a shared word are not. Short texts give rough themes
    (agreement with the categories of an administration stays low whoever does it): examples
    given by a facilitator help more than any engine. Components can chain, a like b and b like
    c: the weakest link of each group is given. The same request gives the same answer on one
    machine; between processors, the last digit of a sum may sort a borderline text elsewhere.
"""

from fabrique.methods.grouping.contracts import (
    Declined,
    DuplicateGroup,
    DuplicatePair,
    Example,
    ExplainingWord,
    GroupingProposal,
    GroupingRequest,
    Text,
    ThemeProposal,
)
from fabrique.methods.grouping.meaning import WordVectors
from fabrique.methods.grouping.proposal import propose_groups

__all__ = [
    "Declined",
    "DuplicateGroup",
    "DuplicatePair",
    "Example",
    "ExplainingWord",
    "GroupingProposal",
    "GroupingRequest",
    "Text",
    "ThemeProposal",
    "WordVectors",
    "propose_groups",
]
