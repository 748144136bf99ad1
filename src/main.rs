use jflint::{facts::Facts, outline, source::Source};
fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !["outline", "check", "--format", "json", "--isolated"].contains(&a.as_str()))
        .collect();
    let sources: Vec<Source> =
        args.iter().map(|p| Source::new(p.clone(), std::fs::read_to_string(p).unwrap())).collect();
    println!("{}", serde_json::to_string(&outline::outline(&sources, &Facts::embedded())).unwrap());
}
