//! The word data of the spelling rules: misspellings that people are known to make, the words of
//! English, those that pages about jobs use often, and British spellings with their American ones.
//!
//! All of it is embedded and used as it stands, so nothing is parsed at start. Words are looked up
//! in lower case, with `'` as the apostrophe and without a possessive `'s`. `rules/spelling/README.md`
//! says where the data comes from and how to rebuild it.

pub mod capitals;
pub mod formation;
pub mod guess;
mod joined;
mod meant;
pub mod near;

use std::collections::HashSet;
use std::sync::LazyLock;

pub use joined::is_number_word;
pub use meant::words_meant;

use fst::Map;

use crate::word_hash::hash_of;

/// One list a line, `right` or `right,other`; the values of the misspellings are offsets into it.
static CORRECTIONS: &str = include_str!("../rules/spelling/corrections.txt");

/// One American word a line; the values of the British spellings are offsets into it.
static AMERICAN: &str = include_str!("../rules/spelling/american.txt");

/// Words that the misspellings have and that are right: the first of each line.
static NOT_MISSPELT: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../rules/spelling/not-misspelt.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_whitespace().next()).collect()
});

static EMBEDDED: LazyLock<WordLists> = LazyLock::new(|| WordLists {
    misspellings: Map::new(include_bytes!("../rules/spelling/misspellings.fst").as_slice()).ok(),
    words: Map::new(include_bytes!("../rules/spelling/words.fst").as_slice()).ok(),
    lexicon: Map::new(include_bytes!("../rules/spelling/lexicon.fst").as_slice()).ok(),
    british: Map::new(include_bytes!("../rules/spelling/british.fst").as_slice()).ok(),
});

/// The embedded maps. Opening one only reads its header; one that does not open knows no words.
#[derive(Debug)]
struct WordLists {
    misspellings: Option<Map<&'static [u8]>>,
    words: Option<Map<&'static [u8]>>,
    lexicon: Option<Map<&'static [u8]>>,
    british: Option<Map<&'static [u8]>>,
}

/// What a known misspelling probably stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corrections {
    list: &'static str,
}

impl Corrections {
    /// The corrections in American spelling, in the order of the source.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.list.split(',')
    }
}

/// What kind of word the dictionary has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordClass {
    bits: u64,
}

impl WordClass {
    const NAME: u64 = 1;
    const COMMON: u64 = 2;
    const MODERN: u64 = 4;
    const BRITISH: u64 = 8;

    /// The dictionary has the word with a capital only: a name or an abbreviation.
    pub fn is_name_only(self) -> bool {
        self.bits & Self::NAME != 0
    }

    /// The word is newer than the dictionary, and some write it in their own way.
    pub fn is_modern(self) -> bool {
        self.bits & Self::MODERN != 0
    }

    /// [`american_for`] has another spelling.
    pub fn is_british(self) -> bool {
        self.bits & Self::BRITISH != 0
    }

    /// Most people know the word and write it.
    pub fn is_common(self) -> bool {
        self.bits & Self::COMMON != 0
    }
}

/// The hashes of the usual words, which are right wherever they stand, in order, 8 bytes each: `build.rs` makes it of the maps.
static USUAL_WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/usual_words"));

/// Whether a word, given as its hash, is usual: a common one, or one of pages about jobs, and not British. 150
/// instructions spare four words in five two look-ups in the maps, of 1,500 each.
pub fn is_usual_hash(hash: u64) -> bool {
    let (hashes, _) = USUAL_WORDS.as_chunks();
    hashes.binary_search_by_key(&hash, |bytes| u64::from_le_bytes(*bytes)).is_ok()
}

/// The corrections of a known misspelling, given in lower case.
pub fn known_misspelling(lower: &str) -> Option<Corrections> {
    let offset = EMBEDDED.misspellings.as_ref()?.get(lower)?;
    Some(Corrections { list: rest_of_line(CORRECTIONS, offset)? })
}

/// Whether a word, given in lower case, is right though [`known_misspelling`] has it.
pub fn is_excepted(lower: &str) -> bool {
    NOT_MISSPELT.contains(lower)
}

/// What the dictionary knows of a word, given in lower case; `None` when it does not have it.
pub fn word_class(lower: &str) -> Option<WordClass> {
    let bits = EMBEDDED.words.as_ref()?.get(lower)?;
    Some(WordClass { bits })
}

/// Whether pages about jobs use a word, given in lower case, often.
pub fn is_in_lexicon(lower: &str) -> bool {
    EMBEDDED.lexicon.as_ref().is_some_and(|lexicon| lexicon.contains_key(lower))
}

/// The American spelling of a British one, both in lower case.
pub fn american_for(lower: &str) -> Option<&'static str> {
    let offset = EMBEDDED.british.as_ref()?.get(lower)?;
    rest_of_line(AMERICAN, offset)
}

fn rest_of_line(text: &str, offset: u64) -> Option<&str> {
    let (line, _) = text.get(usize::try_from(offset).ok()?..)?.split_once('\n')?;
    Some(line)
}

/// Whether a word, given in lower case, is one that most people know or that pages about jobs use, and not British.
fn is_usual(word: &str) -> bool {
    is_usual_hash(hash_of(word))
}

#[cfg(test)]
mod tests {
    use fst::Streamer as _;

    use super::*;

    /// Words of job descriptions, correct in American English.
    const CORRECT: &str = "ability above accommodate account accountability accounting achieve acquisition across \
        additional administrator advertise advise advisor agile align alignment allocate ambiguity analysis analyze \
        annual applicant application apprise architect asynchronous audit automate automation available background \
        balance behavior beneficial benefit brand budget build business calendar campaign candidate capability career \
        center chief clarity coach collaborate collaboration color committee commitment communicate communication \
        community company compensation competency complex compliance comprehensive comprise concise conduct \
        confidential consensus consistent consultant content contract contribute controller coordinate corporate \
        create creative critical cross culture customer dashboard data database deadline decision define delegate \
        deliver delivery demonstrate department deploy design detail develop developer director discipline diverse \
        diversity document domain drive effective effectiveness efficiency efficient empathy employee enable \
        engineer engineering ensure enterprise environment escalate establish evaluate excellent execute executive \
        exercise expectation experience expertise external facilitate familiar feedback financial flexible focus \
        forecast foster framework franchise global goal governance grow guidance handbook health hire hiring honor \
        identify implement implementation improve improvise incident inclusion inclusive independently influence \
        infrastructure initiative innovation integrate integrity internal interview job judgment knowledge language \
        launch lead leadership learn legal level license maintain manage management manager marketing measure meet \
        mentor merchandise methodology metric mitigate motivate navigate necessary negotiate objective occasionally \
        operate operational opportunity optimize organization organizational ownership participate \
        performance persuasive pipeline plan platform policy portfolio practice prioritize proactive process product \
        proficient program promise promote qualification quality quarterly quota receive recommend recruit relevant \
        reliability remote report requirement research resolve responsibility responsible revenue revise \
        scalable schedule scope security senior separate service skill software solution specialist stakeholder \
        strategic strategy structure success supervise support surprise team technical timely transparency \
        triage understanding value vendor vision weekly workflow writing";

    /// Misspellings and what they stand for.
    const WRONG: &str = "acheive achieve
        accomodate accommodate
        accross across
        acheivement achievement
        adminstrator administrator
        aquire acquire
        aquisition acquisition
        analitics analytics
        apropriate appropriate
        availible available
        beleive believe
        benifit benefit
        buisness business
        candiate candidate
        catagory category
        colaborate collaborate
        collegue colleague
        comittee committee
        commited committed
        communciation communication
        comunication communication
        competance competence
        compatability compatibility
        completly completely
        concensus consensus
        consistant consistent
        continous continuous
        contribtion contribution
        custmer customer
        cusomer customer
        decison decision
        definately definitely
        departement department
        develope develop
        developement development
        diferent different
        documention documentation
        effeciency efficiency
        efficency efficiency
        embarass embarrass
        enviroment environment
        excelent excellent
        excercise exercise
        existance existence
        experiance experience
        familar familiar
        finacial financial
        foward forward
        fullfill fulfill
        goverment government
        gaurantee guarantee
        guidence guidance
        higer higher
        immediatly immediately
        implementaion implementation
        improvment improvement
        independant independent
        infomation information
        infrastucture infrastructure
        inteligence intelligence
        intergrate integrate
        knowlege knowledge
        langauge language
        liason liaison
        maintainance maintenance
        managment management
        managament management
        managemnt management
        maintenence maintenance
        marekting marketing
        measurment measurement
        neccessary necessary
        necesary necessary
        noticable noticeable
        occured occurred
        occassionally occasionally
        oportunity opportunity
        opportunites opportunities
        organiztion organization
        paralel parallel
        particpate participate
        performace performance
        persistant persistent
        posession possession
        prefered preferred
        priviledge privilege
        proccess process
        profesional professional
        recieve receive
        recomend recommend
        refering referring
        relevent relevant
        reponsible responsible
        requirment requirement
        resouces resources
        responsability responsibility
        responsibilites responsibilities
        responsiblity responsibility
        revelant relevant
        scedule schedule
        seperate separate
        servcie service
        similiar similar
        sofware software
        stategy strategy
        strenght strength
        succesful successful
        succesfully successfully
        sucess success
        suport support
        teh the
        techincal technical
        tecnical technical
        tommorow tomorrow
        truely truly
        untill until
        usefull useful
        writting writing";

    /// British spellings with the American ones.
    const BRITISH_PAIRS: &str = "acknowledgement acknowledgment
        analyse analyze
        behaviour behavior
        catalogue catalog
        centre center
        cheque check
        colour color
        counsellor counselor
        defence defense
        enrol enroll
        enrolment enrollment
        fibre fiber
        fulfil fulfill
        grey gray
        incentivise incentivize
        judgement judgment
        labelled labeled
        licence license
        modelling modeling
        optimising optimizing
        organisation organization
        practise practice
        prioritise prioritize
        programme program
        skilful skillful
        speciality specialty
        travelling traveling";

    fn open<'m>(map: &'m Option<Map<&'static [u8]>>) -> &'m Map<&'static [u8]> {
        map.as_ref().unwrap()
    }

    fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
        text.lines().map(|line| line.trim().split_once(' ').unwrap())
    }

    fn first_correction(lower: &str) -> Option<&'static str> {
        known_misspelling(lower)?.iter().next()
    }

    #[test]
    fn the_data_has_its_counts() {
        assert_eq!(open(&EMBEDDED.misspellings).len(), 89_613);
        assert_eq!(open(&EMBEDDED.words).len(), 138_106);
        assert_eq!(open(&EMBEDDED.lexicon).len(), 1_675);
        assert_eq!(open(&EMBEDDED.british).len(), 2_501);
        assert_eq!(AMERICAN.lines().count(), 2_501);
    }

    #[test]
    fn the_readme_tells_what_is_embedded() {
        let grouped = |number: usize| {
            let digits = number.to_string();
            let parts: Vec<&str> =
                digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap()).collect();
            parts.join(",")
        };
        let maps = [
            ("misspellings", open(&EMBEDDED.misspellings)),
            ("words", open(&EMBEDDED.words)),
            ("lexicon", open(&EMBEDDED.lexicon)),
            ("british", open(&EMBEDDED.british)),
        ];
        let readme = include_str!("../rules/spelling/README.md");
        for (name, map) in maps {
            let row = readme.lines().find(|line| line.starts_with(&format!("| `{name}.fst`"))).unwrap();
            let (count, size) = (grouped(map.len()), grouped(map.as_fst().size()));
            assert!(row.ends_with(&format!("| {count} | {size} |")), "{row}");
        }
        let texts = CORRECTIONS.len() + AMERICAN.len() + include_str!("../rules/spelling/not-misspelt.txt").len();
        let all = grouped(maps.iter().map(|(_, map)| map.as_fst().size()).sum::<usize>() + texts);
        assert!(readme.contains(&format!("takes {all} bytes")), "{all}");
        assert!(readme.contains(&format!("{} more", grouped(USUAL_WORDS.len()))), "{}", USUAL_WORDS.len());
    }

    #[test]
    fn correct_words_raise_no_alarm() {
        assert!(CORRECT.split_whitespace().count() > 200);
        for word in CORRECT.split_whitespace() {
            let class = word_class(word);
            assert!(class.is_some_and(|class| !class.is_name_only()), "{word}");
            assert_eq!(known_misspelling(word), None, "{word}");
            assert_eq!(american_for(word), None, "{word}");
        }
    }

    #[test]
    fn misspellings_are_known_and_are_not_words() {
        assert!(pairs(WRONG).count() > 100);
        for (wrong, right) in pairs(WRONG) {
            assert_eq!(first_correction(wrong), Some(right), "{wrong}");
            assert_eq!(word_class(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_misspelling_has_one_correction_or_several() {
        let corrections = |wrong: &str| known_misspelling(wrong).unwrap().iter().collect::<Vec<_>>();
        assert_eq!(corrections("personel"), ["personnel", "personal"]);
        assert_eq!(corrections("recieve"), ["receive"]);
    }

    #[test]
    fn corrections_are_american() {
        assert_eq!(first_correction("organistaion"), Some("organization"));
        let british = CORRECTIONS.lines().flat_map(|list| list.split(',')).find(|word| american_for(word).is_some());
        assert_eq!(british, None);
    }

    #[test]
    fn every_misspelling_leads_to_the_start_of_a_list() {
        let starts: HashSet<u64> =
            std::iter::once(0).chain(CORRECTIONS.match_indices('\n').map(|(end, _)| end as u64 + 1)).collect();
        let mut offsets = open(&EMBEDDED.misspellings).values();
        assert!(CORRECTIONS.lines().all(|list| !list.is_empty()));
        while let Some(offset) = offsets.next() {
            assert!(starts.contains(&offset), "{offset}");
        }
    }

    #[test]
    fn every_word_that_is_right_would_be_a_misspelling() {
        assert!(NOT_MISSPELT.len() >= 10);
        let spare: Vec<&&str> = NOT_MISSPELT.iter().filter(|word| known_misspelling(word).is_none()).collect();
        assert!(spare.is_empty(), "{spare:?}");
    }

    #[test]
    fn words_have_their_classes() {
        assert!(word_class("behaviour").is_some_and(|class| !class.is_name_only()));
        assert!(word_class("london").is_some_and(WordClass::is_name_only));
        assert!(word_class("manager").is_some_and(WordClass::is_common));
        assert!(word_class("backend").is_some_and(|class| !class.is_common()));
        assert!(word_class("can't").is_some());
        assert_eq!(word_class("manager's"), None);
        assert_eq!(word_class("Manager"), None);
        assert_eq!(word_class(""), None);
    }

    #[test]
    fn the_lexicon_has_words_of_the_dictionary_and_no_others() {
        let mut words = open(&EMBEDDED.lexicon).keys();
        while let Some(word) = words.next() {
            let word = std::str::from_utf8(word).unwrap();
            assert!(word_class(word).is_some_and(|class| !class.is_name_only()), "{word}");
            assert_eq!(known_misspelling(word), None, "{word}");
        }
        for word in "responsible manager collaboration requirements deliver security revenue and the".split(' ') {
            assert!(is_in_lexicon(word), "{word}");
        }
        for word in "manger kaleidoscope gitlab zuora conduit recieve".split(' ') {
            assert!(!is_in_lexicon(word), "{word}");
        }
    }

    #[test]
    fn words_that_are_newer_than_the_dictionary_are_known() {
        let by_hand = include_str!("../rules/spelling/modern-words.txt").lines();
        let by_hand: Vec<&str> = by_hand.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        assert!(by_hand.len() > 500);
        for word in by_hand.into_iter().chain(["kubernetes", "onboarding", "microservices", "webhooks"]) {
            assert!(word_class(word).is_some_and(|class| !class.is_common()), "{word}");
        }
    }

    #[test]
    fn misspelt_corrections_are_no_words() {
        let no_words = include_str!("../rules/spelling/no-words.txt").lines().filter(|line| !line.starts_with('#'));
        let no_words: Vec<&str> = no_words.collect();
        assert!(no_words.len() > 50 && no_words.is_sorted());
        for word in no_words {
            assert_eq!(word_class(word), None, "{word}");
        }
    }

    #[test]
    fn all_lists_together_are_small() {
        let maps = [&EMBEDDED.misspellings, &EMBEDDED.words, &EMBEDDED.lexicon, &EMBEDDED.british];
        let maps: usize = maps.into_iter().map(|map| open(map).as_fst().size()).sum();
        assert!(maps + CORRECTIONS.len() + AMERICAN.len() < 1_500_000);
    }

    #[test]
    fn british_spellings_have_american_ones() {
        for (british, american) in pairs(BRITISH_PAIRS) {
            assert_eq!(american_for(british), Some(american));
        }
    }

    #[test]
    fn every_british_spelling_is_found_and_no_misspelling() {
        let mut spellings = open(&EMBEDDED.british).keys();
        while let Some(british) = spellings.next() {
            let british = std::str::from_utf8(british).unwrap();
            let american = american_for(british).unwrap();
            assert!(word_class(british).is_none_or(WordClass::is_british), "{british}");
            assert!(word_class(american).is_none_or(|class| !class.is_british()), "{american}");
            assert_eq!(american_for(american), None, "{american}");
            assert_eq!(known_misspelling(british), None, "{british}");
        }
    }

    #[test]
    fn usual_words_are_usual_by_the_maps_too() {
        let mut words = open(&EMBEDDED.words).keys();
        let mut usual = 0;
        while let Some(word) = words.next() {
            let word = std::str::from_utf8(word).unwrap();
            let is_known = is_in_lexicon(word) || word_class(word).is_some_and(WordClass::is_common);
            let expected = is_known && american_for(word).is_none();
            assert_eq!(is_usual_hash(hash_of(word)), expected, "{word}");
            usual += usize::from(expected);
        }
        assert_eq!(usual * 8, USUAL_WORDS.len());
    }

    #[test]
    fn an_offset_outside_the_text_finds_nothing() {
        assert_eq!(rest_of_line("one\ntwo\n", 4), Some("two"));
        assert_eq!(rest_of_line("one\ntwo\n", 8), None);
        assert_eq!(rest_of_line("one\ntwo\n", u64::MAX), None);
        assert_eq!(rest_of_line("é\n", 1), None);
    }
}
