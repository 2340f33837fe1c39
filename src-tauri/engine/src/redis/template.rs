//! What a rule says of keys and of what is in them: letters that stand as they are, and places
//! where an id or something else stands.
//!
//! Whole segments match only: `user:{public.users.id}` takes `user:5` and neither `user:55` for
//! the id 5 nor `xuser:5`.

use std::ops::Range;

use super::domain::{Domains, Shape, is_uuid};

/// The parts of a rule, from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    // These bytes.
    Letters(Vec<u8>),
    // An id of that domain.
    Id(usize),
    // `{int}`, `{uuid}`: not translated.
    Like(Shape),
    // `{any}`: one segment.
    Any,
    // `*`: whatever it is, or nothing.
    Rest,
}

/// Where an id stands in a key or a value, and which domain's it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The domain.
    pub domain: usize,
    /// Its bytes.
    pub span: Range<usize>,
}

/// Which ids a template takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taking<'a> {
    /// Those of one side of the map: of the old or of the new ids.
    Ids(&'a [Shape]),
    /// Any segment in the place of an id: keys that are looked into and keep their names.
    Anything,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// A reason, and what to do.
    pub fn parse(text: &str, domains: &Domains) -> Result<Template, (String, String)> {
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let inside = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(inside, _)| inside);
            if let Some(part) =
                inside.filter(|inside| !inside.contains('{')).map(|inside| slot(inside, domains)).transpose()?.flatten()
            {
                rest = &rest[inside.map_or(0, str::len) + 2..];
                parts.push(part);
                continue;
            }
            rest = &rest[next.len_utf8()..];
            if next == '*' {
                parts.push(Part::Rest);
                continue;
            }
            let mut buffer = [0; 4];
            let bytes = next.encode_utf8(&mut buffer).as_bytes();
            match parts.last_mut() {
                Some(Part::Letters(letters)) => letters.extend_from_slice(bytes),
                Some(Part::Id(_) | Part::Like(_) | Part::Any | Part::Rest) | None => {
                    parts.push(Part::Letters(bytes.to_vec()))
                }
            }
        }
        whole_segments(&parts)?;
        Ok(Template { parts })
    }

    /// The template that is nothing but an id of that domain.
    pub fn id(domain: usize) -> Template {
        Template { parts: vec![Part::Id(domain)] }
    }

    /// The domains whose ids stand in it.
    pub fn domains(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().filter_map(|part| if let Part::Id(domain) = part { Some(*domain) } else { None })
    }

    /// True where it would take every key there is.
    pub fn takes_all(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Rest))
    }

    /// The letters that every match begins with.
    pub fn start(&self) -> &[u8] {
        if let Some(Part::Letters(letters)) = self.parts.first() { letters } else { &[] }
    }

    /// Where the ids stand, if the whole text is as the template says.
    pub fn matches(&self, text: &[u8], taking: Taking<'_>) -> Option<Vec<Place>> {
        let mut places = Vec::new();
        step(&self.parts, text, 0, taking, &mut places).then_some(places)
    }
}

/// The text with other ids in the places.
pub fn replaced(text: &[u8], places: &[Place], ids: &[&str]) -> Vec<u8> {
    let mut written = Vec::with_capacity(text.len() + 32 * places.len());
    let mut at = 0;
    for (place, id) in places.iter().zip(ids) {
        written.extend_from_slice(&text[at..place.span.start]);
        written.extend_from_slice(id.as_bytes());
        at = place.span.end;
    }
    written.extend_from_slice(&text[at..]);
    written
}

// What stands between braces. Without a dot it is no column: a hash tag, which stands as it is.
fn slot(inside: &str, domains: &Domains) -> Result<Option<Part>, (String, String)> {
    match inside {
        "int" => return Ok(Some(Part::Like(Shape::Int))),
        "uuid" => return Ok(Some(Part::Like(Shape::Uuid))),
        "any" => return Ok(Some(Part::Any)),
        _ => {}
    }
    if inside.matches('.').count() < 2 {
        return Ok(None);
    }
    domains.named(inside).map(|domain| Some(Part::Id(domain))).ok_or_else(|| {
        (
            format!("'{inside}' is no column whose ids this run converted"),
            format!("Name one of {} as schema.table.column.", domains.names()),
        )
    })
}

fn whole_segments(parts: &[Part]) -> Result<(), (String, String)> {
    let touches = |part: Option<&Part>, last: bool| match part {
        Some(Part::Letters(letters)) => {
            let letter = if last { letters.last() } else { letters.first() };
            letter.is_some_and(|letter| is_word(*letter))
        }
        Some(Part::Id(_) | Part::Like(_) | Part::Any) => true,
        Some(Part::Rest) | None => false,
    };
    for (at, part) in parts.iter().enumerate() {
        let open = matches!(part, Part::Id(_) | Part::Like(_) | Part::Any);
        if open
            && (at.checked_sub(1).is_some_and(|before| touches(parts.get(before), true))
                || touches(parts.get(at + 1), false))
        {
            return Err((
                "an id must be a whole segment, with a separator such as ':' between it and other letters".to_owned(),
                "Write it as in user:{public.users.id}:cart.".to_owned(),
            ));
        }
    }
    Ok(())
}

/// True for a byte that belongs to a word: what stands beside it is the same segment.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

fn step(parts: &[Part], text: &[u8], at: usize, taking: Taking<'_>, places: &mut Vec<Place>) -> bool {
    let Some((part, after)) = parts.split_first() else { return at == text.len() };
    match part {
        Part::Letters(letters) => {
            text[at..].starts_with(letters) && step(after, text, at + letters.len(), taking, places)
        }
        Part::Rest => (at..=text.len()).any(|end| step(after, text, end, taking, places)),
        Part::Any => ends(text, at).any(|end| step(after, text, end, taking, places)),
        Part::Like(shape) => stands(*shape, text, at).is_some_and(|end| step(after, text, end, taking, places)),
        Part::Id(domain) => {
            let shape = match taking {
                Taking::Ids(shapes) => shapes.get(*domain).copied().unwrap_or(Shape::Text),
                Taking::Anything => Shape::Text,
            };
            let known = places.len();
            let take = |end: usize, places: &mut Vec<Place>| {
                places.push(Place { domain: *domain, span: at..end });
                let taken = step(after, text, end, taking, places);
                if !taken {
                    places.truncate(known);
                }
                taken
            };
            match shape {
                Shape::Text => ends(text, at).any(|end| take(end, places)),
                Shape::Int | Shape::Uuid => stands(shape, text, at).is_some_and(|end| take(end, places)),
            }
        }
    }
}

// The ends of what one segment may be, the longest first: anything but a colon, the usual
// separator, that no letter or digit of the same segment stands beside.
fn ends(text: &[u8], at: usize) -> impl Iterator<Item = usize> {
    let length = text[at..].iter().position(|&byte| byte == b':').unwrap_or(text.len() - at);
    let most = if begins(text, at) { length } else { 0 };
    ((at + 1)..=(at + most)).rev().filter(move |&end| stops(text, end))
}

fn begins(text: &[u8], at: usize) -> bool {
    !joined(at.checked_sub(1).and_then(|before| text.get(before)), text.get(at))
}

fn stops(text: &[u8], end: usize) -> bool {
    !joined(end.checked_sub(1).and_then(|last| text.get(last)), text.get(end))
}

fn joined(one: Option<&u8>, other: Option<&u8>) -> bool {
    one.is_some_and(|&byte| is_word(byte)) && other.is_some_and(|&byte| is_word(byte))
}

// Where a number or a UUID that begins here ends, if it is a whole segment.
fn stands(shape: Shape, text: &[u8], at: usize) -> Option<usize> {
    if at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(|&before| is_word(before)) {
        return None;
    }
    let end = at + shape.length(&text[at..])?;
    let whole = !text.get(end).is_some_and(|&next| is_word(next));
    (whole && (shape != Shape::Int || !is_in_uuid(text, at))).then_some(end)
}

// The groups of a UUID may be numbers, `1234` in the middle say; they are no ids, nor is one of
// them with the dash before it.
fn is_in_uuid(text: &[u8], at: usize) -> bool {
    (at.saturating_sub(35)..=at)
        .any(|start| text.get(start..start + 36).is_some_and(is_uuid) && begins(text, start) && stops(text, start + 36))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: Taking<'static> = Taking::Ids(&[Shape::Int, Shape::Text]);

    fn template(text: &str) -> Template {
        Template::parse(text, &Domains::named_for_tests(&["public.users.id", "public.codes.code"])).expect(text)
    }

    fn found(text: &str, key: &str) -> Option<Vec<String>> {
        let places = template(text).matches(key.as_bytes(), OLD)?;
        Some(places.into_iter().map(|place| key[place.span].to_owned()).collect())
    }

    #[test]
    fn whole_segments_match_only() {
        assert_eq!(found("user:{public.users.id}", "user:5"), Some(vec!["5".to_owned()]));
        assert_eq!(found("user:{public.users.id}", "user:55"), Some(vec!["55".to_owned()]));
        for key in [
            "user:",
            "user:5x",
            "user:05",
            "user:5:cart",
            "xuser:5",
            "user:5.5",
            "v5:user",
            "order:5:user:7",
            "user:-0",
        ] {
            assert_eq!(found("user:{public.users.id}", key), None, "{key}");
        }
        assert_eq!(found("user:{public.users.id}", "user:-7"), Some(vec!["-7".to_owned()]));
        assert_eq!(found("order:{int}:user:{public.users.id}", "order:5:user:7"), Some(vec!["7".to_owned()]));
        assert_eq!(found("*user:{public.users.id}", "v5:user:8"), Some(vec!["8".to_owned()]));
        assert_eq!(found("*{public.users.id}:user", "v5:user"), None);
        assert_eq!(found("user:{public.users.id}*", "user:5x"), None);
        assert_eq!(found("user:{public.users.id}*", "user:5-x"), Some(vec!["5".to_owned()]));
        let problem = Template::parse("v{public.users.id}:user", &Domains::named_for_tests(&["public.users.id"]));
        assert!(problem.is_err_and(|(reason, _)| reason.contains("whole segment")));
    }

    #[test]
    fn hash_tags_stand_as_they_are() {
        assert_eq!(found("{user:{public.users.id}}:cart", "{user:5}:cart"), Some(vec!["5".to_owned()]));
        assert_eq!(found("{cart}:{public.users.id}", "{cart}:9"), Some(vec!["9".to_owned()]));
        assert!(Template::parse("{public.nothing.id}", &Domains::named_for_tests(&["public.users.id"])).is_err());
    }

    #[test]
    fn texts_are_ids_up_to_the_next_separator() {
        assert_eq!(found("c:{public.codes.code}:x", "c:a-b_c:x"), Some(vec!["a-b_c".to_owned()]));
        assert_eq!(found("c:{public.codes.code}", "c:a:x"), None);
        assert_eq!(found("c:{public.codes.code}-{int}", "c:a-1-2"), Some(vec!["a-1".to_owned()]));
        assert_eq!(found("c:{public.codes.code}*", "c:ab-c"), Some(vec!["ab-c".to_owned()]), "not the first letter");
        assert_eq!(found("*{public.codes.code}", "xab"), Some(vec!["xab".to_owned()]), "not the last one");
    }

    #[test]
    fn a_part_of_a_uuid_is_no_number() {
        let uuid = "12345678-1234-4234-8234-123456789012";
        for rule in ["u:{public.users.id}*", "u:*{public.users.id}", "u:*-{public.users.id}-*", "u:{int}-*"] {
            assert_eq!(found(rule, &format!("u:{uuid}")), None, "{rule}");
        }
        assert_eq!(found("u:*:{public.users.id}", &format!("u:{uuid}:7")), Some(vec!["7".to_owned()]));
        assert_eq!(found("u:{public.users.id}-*", &format!("u:7-{uuid}")), Some(vec!["7".to_owned()]));
    }

    #[test]
    fn ids_are_replaced_in_their_places_and_nowhere_else() {
        let rule = template("{public.users.id}:5:{public.users.id}");
        let places = rule.matches(b"5:5:55", OLD).expect("match");
        assert_eq!(replaced(b"5:5:55", &places, &["a", "b"]), b"a:5:b");
        let binary = b"u:\xff\x00:7";
        let rule = template("u:{any}:{public.users.id}");
        let places = rule.matches(binary, OLD).expect("match");
        assert_eq!(replaced(binary, &places, &["n"]), b"u:\xff\x00:n");
    }

    #[test]
    fn what_matches_begins_with_the_same_letters() {
        assert_eq!(template("user:{int}").start(), b"user:");
        assert_eq!(template("*:x").start(), b"");
        assert!(template("*").takes_all() && !template("*:").takes_all());
    }
}
