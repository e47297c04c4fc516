//! Prints what the engine says of a text file: `cargo run -p check --example findings -- FILE [numbers]`.

use check::{Draft, check};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(file) = arguments.next() else {
        eprintln!("a file, please");
        return Ok(());
    };
    let review = check(&Draft::plain(&std::fs::read_to_string(file)?), &[]);
    for finding in &review.findings {
        let expected = finding.expected.as_deref().unwrap_or("");
        println!(
            "{} {:?} {:?}  「{}」→{expected}  {}",
            finding.rule, finding.kind, finding.severity, finding.quote, finding.reason
        );
    }
    let numbers = &review.numbers;
    println!(
        "{} numbers: {} verified, {} unverified, {} exempt",
        numbers.total, numbers.verified, numbers.unverified, numbers.exempt
    );
    if arguments.next().is_some() {
        for entry in &numbers.entries {
            println!("{:?} {} {}", entry.class, entry.quote, entry.note);
        }
    }
    Ok(())
}
