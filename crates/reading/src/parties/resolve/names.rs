//! Compares names as they are written: whole, shortened, in another order.

/// "Jane Doe Doe Jane": a name and its caption run together.
pub(super) fn repeats(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    words.iter().enumerate().any(|(i, word)| word.len() > 3 && words[..i].contains(word))
}

/// The words of a name as they are compared: without initials, accents and case.
fn comparable_words(name: &str) -> Vec<String> {
    let words = name.split([' ', '-']).filter(|w| w.len() > 1 && !w.ends_with('.'));
    words.map(|w| deunicode::deunicode(w).to_lowercase()).collect()
}

/// "President Piñera" for Sebastián Piñera Echenique: all words of the one stand in the other.
pub(super) fn is_part(short: &str, long: &str) -> bool {
    let (short, long) = (comparable_words(short), comparable_words(long));
    !short.is_empty() && short.iter().all(|w| long.contains(w))
}

/// Whether a name can be that of a known person: "Andrea Mitchell" is no Keith Mitchell.
pub(super) fn agrees(name: Option<&str>, known: &str) -> bool {
    let letter = |name: &str| name.chars().next().map(|c| c.to_lowercase().to_string());
    let first = |name: Option<&str>| name.filter(|n| n.contains(' ')).and_then(letter);
    match (first(name), letter(known)) {
        (Some(a), Some(b)) => a == b || !known.contains(' '),
        _ => true,
    }
}

/// Whether one name is a shorter form of the other: the same last word, and no first names that differ.
pub(super) fn shorter_form(a: &str, b: &str) -> bool {
    let (a, b) = (comparable_words(a), comparable_words(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.is_empty() {
        return false;
    }
    short.iter().all(|w| long.contains(w))
        && (short.last() == long.last() || short.len() > 1 || short.first() == long.first())
}
