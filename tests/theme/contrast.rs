//! The contrast of a theme's colors, by the formula of WCAG 2: text 4.5 to 1, lines and focus 3 to 1.

use std::collections::BTreeMap;

type Tokens = BTreeMap<String, String>;

/// The blocks that say colors: light, dark by preference, dark by choice.
pub const SCHEMES: [&str; 3] =
    [":root {", ":root:not([data-theme=\"light\"]) {", ":root[data-theme=\"dark\"] {"];

/// What a style sheet says in a scheme, over what it says in light.
pub fn tokens(style: &str, scheme: &str) -> Tokens {
    let mut tokens = Tokens::new();
    for opening in [SCHEMES[0], scheme] {
        for block in style.split(opening).skip(1) {
            let said = block.split('}').next().unwrap_or_default().split(';');
            let pairs = said.filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
            tokens.extend(pairs.map(|(name, value)| (name.into(), value.trim().into())));
        }
    }
    tokens
}

/// Pairs of colors that are too near.
pub fn breaches(tokens: &Tokens) -> Vec<String> {
    let on = |ink: &'static str, ground: &'static str, least| (ink, ground, least);
    let grounds = ["page", "surface"];
    let texts = ["text", "muted", "link"];
    let mut pairs: Vec<_> =
        grounds.iter().flat_map(|ground| texts.map(|text| on(text, ground, 4.5))).collect();
    pairs.extend([on("focus", "page", 3.0), on("border", "page", 3.0)]);
    pairs.extend([on("met-ink", "met", 4.5), on("way-ink", "way", 4.5)]);
    pairs.extend([on("near-ink", "near", 4.5), on("miss-ink", "miss", 4.5)]);
    pairs.push(on("none-ink", "none", 4.5));
    let near = pairs.into_iter().filter_map(|(ink, ground, least)| {
        let reached = contrast(&tokens[ink], &tokens[ground]);
        (reached < least).then(|| format!("{ink} on {ground}: {reached:.2}, not {least}"))
    });
    near.collect()
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: &str) -> f64 {
    let parts = linear(color);
    0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
}

/// Red, green and blue light of a color, each from 0 to 1.
pub fn linear(color: &str) -> [f64; 3] {
    let digits = color.strip_prefix('#').unwrap_or_else(|| panic!("{color} is no color"));
    [0, 2, 4].map(|at| {
        let part = u8::from_str_radix(&digits[at..at + 2], 16).expect("two digits");
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

#[test]
fn contrast_is_that_of_the_standard() {
    assert!((contrast("#000000", "#FFFFFF") - 21.0).abs() < 0.001);
    assert!((contrast("#767676", "#FFFFFF") - 4.54).abs() < 0.01);
    let tokens = tokens(":root { --a: #111111; --b: #222222; } :root { --b: #333333; }", ":root {");
    assert_eq!(tokens["b"], "#333333");
}
