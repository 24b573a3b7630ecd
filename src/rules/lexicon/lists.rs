//! The word lists themselves: one file of `assets/lexicons` each, whose head says what is in it and what is not.

use std::sync::LazyLock;

use super::{Edges, Kind, Lexicon};

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident: $how:ident $file:literal;)*) => {
        $($(#[$doc])* pub static $name: LazyLock<lists!(@type $how)> =
            LazyLock::new(|| lists!(@read $how include_str!(concat!("../../../assets/lexicons/", $file, ".txt"))));)*
    };
    (@type edges) => { Edges };
    (@type $how:ident) => { Lexicon };
    (@read words $text:expr) => { Lexicon::new($text, Kind::Words) };
    (@read pairs $text:expr) => { Lexicon::new($text, Kind::Pairs) };
    (@read edges $text:expr) => { Edges::new($text) };
}

lists! {
    /// Wrongly typed words.
    TYPOS: pairs "typos";

    /// Words that admit that something was not done as planned.
    SHORTFALL: words "shortfall";

    /// Words that announce what will be done about a shortfall.
    REMEDIES: words "remedies";

    /// Words that say how satisfaction was found out.
    SURVEY: words "survey";

    /// How names of shares end.
    RATES: edges "rates";

    /// How names of counts end.
    COUNTS: edges "counts";

    /// What stands behind a number that counts.
    COUNTERS: edges "counters";

    /// How names end that only say who is asked.
    PEOPLE: edges "people";

    /// How names end that tell what was done, not what came of it.
    OUTPUTS: edges "outputs";

    /// Usual names of 二级指标, each as a whole.
    CAPTIONS: edges "captions";

    /// Words of keeping a date.
    PUNCTUAL: words "punctual";

    /// Other words of time.
    TIMES: words "times";

    /// Words of money and cost.
    COSTS: words "costs";

    /// Words for what is spent.
    SPENDING: words "spending";

    /// How names of the budget execution rate end.
    EXECUTION: edges "execution";

    /// Words that ask what people think.
    SATISFACTION: words "satisfaction";

    /// Words for the unit's own people.
    OWN_PEOPLE: words "own_people";

    /// Words with which a count tells of quality.
    QUALITY: words "quality";

    /// Words of measure that name no object.
    BARE: edges "bare";

    /// Spellings of units and the usual one; looked up whole.
    UNITS: pairs "units";

    /// Words that anything meets: 有效, 显著, 提升.
    VAGUE: words "vague";

    /// Words in the name of a benefit of which a percentage says nothing.
    HOLLOW: words "hollow";

    /// Words that promise promptness without a date.
    PROMPTNESS: words "promptness";

    /// Words for quantities that are kept below a limit although nothing harmful is counted.
    LIMITED: words "limited";

    /// Phrases that only say that something was done.
    SHALLOW: words "shallow";

    /// Words with which a text says that money was spent as planned.
    NO_DEVIATION: words "no_deviation";

    /// Words in captions of fields for a telephone number.
    TELEPHONE: words "telephone";

    /// Family names.
    SURNAMES: edges "surnames";

    /// Words after which the name of a person follows.
    NAME_LABELS: words "name_labels";

    /// Words before which the name of a person stands.
    NAME_TITLES: words "name_titles";

    /// Words that begin like the name of a person and are none.
    NO_NAMES: words "no_names";

    /// Words in captions of fields for the name of a person.
    NAME_FIELDS: words "name_fields";

    /// Words that stand in nearly every goal.
    GENERIC: words "generic";

    /// Words that say that an indicator is a standard: so much for one.
    STANDARDS: words "standards";
}
