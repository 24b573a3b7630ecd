//! Chinese texts by the Latin letters that people type for them: 深圳 by "sz" or "shenzhen", and by both and characters mixed.

use pinyin::ToPinyin as _;

use super::folding::{Pattern, fold};

/// Words whose usual reading is not that of their characters one by one.
const WORDS: &[(&str, &[&str])] = &[
    ("重庆", &["chong", "qing"]),
    ("长春", &["chang", "chun"]),
    ("长沙", &["chang", "sha"]),
    ("长期", &["chang", "qi"]),
    ("厦门", &["xia", "men"]),
    ("会计", &["kuai", "ji"]),
    ("重复", &["chong", "fu"]),
    ("重建", &["chong", "jian"]),
    ("银行", &["yin", "hang"]),
    ("行业", &["hang", "ye"]),
    ("参差", &["cen", "ci"]),
];

/// What is searched for in lists of Chinese names: the words themselves, or what is typed for them. Many texts that are searched
/// often are better kept as their [`Spelling`].
#[derive(Debug, Clone)]
pub struct Sought {
    words: Pattern,
    letters: Option<String>,
}

impl Sought {
    /// One term of a search. An empty one finds nothing.
    pub fn new(term: &str) -> Self {
        let is_latin = !term.is_empty() && term.chars().all(|c| c.is_ascii_alphanumeric());
        Self {
            words: Pattern::new(term),
            letters: is_latin.then(|| term.to_ascii_lowercase()),
        }
    }

    /// The terms of a search, which stand apart by spaces.
    pub fn terms(search: &str) -> Vec<Self> {
        search.split_whitespace().map(Self::new).collect()
    }

    /// Whether `text` answers the search.
    pub fn is_in(&self, text: &str) -> bool {
        let letters = self.letters.as_deref();
        let is_spelt = |letters| Spelling::of(text).find(letters).is_some();
        self.words.is_in(text) || letters.is_some_and(is_spelt)
    }
}

/// The first letter of each character's reading: "深圳市" is "szs". Letters and digits stand for themselves.
pub fn initials(text: &str) -> String {
    let first = |sound: &Sound| sound.syllable.chars().next().unwrap_or(sound.sign);
    Spelling::of(text).0.iter().map(first).collect()
}

/// A text with the sound of its characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spelling(Vec<Sound>);

/// A character and its syllable; others than Chinese characters have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sound {
    sign: char,
    syllable: &'static str,
}

impl Spelling {
    /// The spelling of a text. Marks and spaces are left out: nobody types them.
    pub fn of(text: &str) -> Self {
        let mut sounds = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let known = WORDS.iter().find(|(word, _)| rest.starts_with(word));
            let length = known.map_or(first.len_utf8(), |(word, _)| word.len());
            let (word, further) = rest.split_at(length);
            let readings = known.map_or(&[][..], |(_, readings)| readings);
            sounds.extend(word.chars().enumerate().filter_map(|(at, c)| {
                let sign = fold(c);
                let alone = || sign.to_pinyin().map(|sound| sound.plain());
                let syllable = readings.get(at).copied().or_else(alone);
                sign.is_alphanumeric().then_some(Sound {
                    sign,
                    syllable: syllable.unwrap_or_default(),
                })
            }));
            rest = further;
        }
        Self(sounds)
    }

    /// Where in the text `typed` begins, counted in characters, if it is a run of its initials, syllables and characters. The
    /// last syllable may be unfinished. ü is typed as v.
    pub fn find(&self, typed: &str) -> Option<usize> {
        let typed: Vec<char> = typed
            .chars()
            .map(fold)
            .filter(|c| !c.is_whitespace())
            .collect();
        if typed.is_empty() || !typed.iter().any(char::is_ascii_lowercase) {
            return None;
        }
        (0..self.0.len()).find(|from| spells(&self.0[*from..], &typed))
    }
}

/// Whether the sounds begin with what was typed. All ends that the sounds so far can have are kept, so that the work grows
/// with the lengths and not with the number of ways to part what was typed.
fn spells(sounds: &[Sound], typed: &[char]) -> bool {
    let mut ends = vec![false; typed.len() + 1];
    ends[0] = true;
    for sound in sounds {
        let mut next = vec![false; typed.len() + 1];
        let reached = ends.iter().enumerate().filter(|(_, reached)| **reached);
        for (from, _) in reached {
            let left = &typed[from..];
            if left.first() == Some(&sound.sign) {
                next[from + 1] = true;
            }
            let common = common(sound.syllable, left);
            if common == left.len() {
                return true;
            }
            for length in stops(sound.syllable) {
                if common >= length {
                    next[from + length] = true;
                }
            }
        }
        if next.last() == Some(&true) {
            return true;
        }
        if !next.contains(&true) {
            return false;
        }
        ends = next;
    }
    false
}

/// How many signs the syllable and what was typed begin with alike.
fn common(syllable: &str, typed: &[char]) -> usize {
    let letters = syllable
        .chars()
        .map(|letter| if letter == 'ü' { 'v' } else { letter });
    letters
        .zip(typed)
        .take_while(|(letter, typed)| letter == *typed)
        .count()
}

/// How many letters of a syllable may be typed before the next begins: the first, zh ch sh, or all.
fn stops(syllable: &str) -> impl Iterator<Item = usize> {
    let two = ["zh", "ch", "sh"]
        .iter()
        .any(|initial| syllable.starts_with(initial));
    let whole = syllable.chars().count();
    let one = usize::from(whole > 0);
    [one, if two { 2 } else { one }, whole]
        .into_iter()
        .filter(|length| *length > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_initials_and_readings_find_a_name() {
        let name = "重庆市项目绩效自评表（2022年）";
        for (term, found) in [
            ("重庆", true),
            ("cqs", true),
            ("CQ", true),
            ("chongq", true),
            ("chongqing", true),
            ("jxzpb", true),
            ("2022", true),
            ("２０２２", true),
            ("zpb（2022", false),
            ("zq", false),
            ("hongqing", false),
            ("sz", false),
            ("", false),
            ("qingchong", false),
        ] {
            assert_eq!(Sought::new(term).is_in(name), found, "{term}");
        }
        assert_eq!(initials("深圳市A级"), "szsaj");
    }

    #[test]
    fn initials_syllables_and_characters_spell_a_name() {
        let name = Spelling::of("参会人员（会议）出勤率");
        for (typed, at) in [
            ("chry", Some(0)),
            ("hycql", Some(4)),
            ("HYCQL", Some(4)),
            ("huiyichuqinlv", Some(4)),
            ("huiyic", Some(4)),
            ("hui议cq", Some(4)),
            ("chuq", Some(6)),
            ("hyql", None),
            ("", None),
            ("会议", None),
        ] {
            assert_eq!(name.find(typed), at, "{typed}");
        }
    }

    #[test]
    fn long_texts_of_one_letter_take_no_time() {
        let name = Spelling::of(&"安".repeat(2000));
        assert_eq!(name.find(&format!("{}z", "a".repeat(200))), None);
    }
}
