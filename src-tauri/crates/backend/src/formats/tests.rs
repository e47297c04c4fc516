use super::*;
use report::document::Meta;
use std::path::Path;

fn with_folder(files: &[(&str, &str)]) -> (tempfile::TempDir, Formats) {
    let desk = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = desk.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let formats = Formats::with(Own::read(desk.path()));
    (desk, formats)
}

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

const LETTER: &str = r#"
[[field]]
key = "number"
label = "文号"
kind = "text"
check = { pattern = '^\p{Han}+〔\d{4}〕[1-9]\d*号$', says = "年份用六角括号。", mend = [['[\[（(【]', "〔"], ['[\]）)】]', "〕"], ['〕(第|0)+', "〕"]] }

[[format]]
id = "letter"
name = "便函"
purpose = "一页的函"
paper = "A5"
size = [148, 210]
fields = ["number", "to", "issuer", "sent", "manner"]

[[format.field]]
key = "to"
label = "收件"
kind = "list"
split = "、"

[[format.field]]
key = "issuer"
label = "发函单位"
kind = "text"
from = "org"

[[format.field]]
key = "sent"
label = "发出日期"
kind = "date"

[[format.field]]
key = "manner"
as = "how"
label = "方式"
kind = "choice"
choices = [{ value = "", label = "不写" }, "机要", "平件"]
default = "平件"
"#;

fn letter() -> (tempfile::TempDir, Formats) {
    with_folder(&[("formats.toml", LETTER), ("letter.typ", "函")])
}

#[test]
fn every_entry_of_the_registry_has_a_template_and_every_template_an_entry() {
    let carried = kits::typst();
    let text = String::from_utf8(carried[registry::FILE].clone()).unwrap();
    let (mut registry, faults) = Registry::parse("/formats.toml", &text, false);
    assert_eq!(faults, []);
    let listed = registry.formats.len();
    assert!(listed > 0);
    assert_eq!(registry.complete(&carried, false), Vec::<String>::new());
    assert_eq!(registry.formats.len(), listed, "a template without an entry");
    for format in &registry.formats {
        assert!(!format.purpose.is_empty(), "{} says what it is for", format.id);
        for field in format.fields.iter().filter(|f| f.kind == FormatFieldKind::Choice) {
            assert!(
                field.default.is_empty() || field.choices.iter().any(|c| c.value == field.default),
                "{}",
                field.key
            );
        }
    }
    assert!(Formats::with(None).find(&crate::PrintOptions::default().template).is_ok());
}

#[test]
fn an_own_template_without_an_entry_goes_by_its_file() {
    let (_desk, formats) = with_folder(&[("周报.typ", "周报"), ("lib/甲.typ", ""), ("说明.docx", "x")]);
    let list = formats.list();
    let own = list.iter().find(|f| f.own).expect("it is listed");
    assert_eq!((own.id.as_str(), own.name.as_str(), list.iter().filter(|f| f.own).count()), ("周报", "周报", 1));
    assert_eq!(formats.faults(), Vec::<String>::new());
    let files = formats.own_templates().unwrap();
    assert!(
        files.contains_key("lib/甲.typ") && files.contains_key("lib/theme.typ") && !files.contains_key("说明.docx")
    );
}

#[test]
fn an_own_template_takes_the_place_of_the_one_of_the_program_and_keeps_its_fields() {
    let (_desk, formats) = with_folder(&[("research-report.typ", "自己的")]);
    let list = formats.list();
    let mine: Vec<&FormatInfo> = list.iter().filter(|f| f.id == "research-report").collect();
    assert_eq!(mine.len(), 1);
    assert!(mine[0].own && mine[0].name == "研究报告" && !mine[0].fields.is_empty());
}

#[test]
fn own_tokens_alone_change_the_look_of_a_format() {
    let (_desk, formats) = with_folder(&[("tokens/handout.typ", "#let t = (:)")]);
    assert!(formats.find("handout").unwrap().own && !formats.find("slides").unwrap().own);
    assert_eq!(formats.faults(), Vec::<String>::new());
}

#[test]
fn faults_of_an_own_registry_are_told_with_file_and_line_and_touch_nothing_else() {
    for (text, line, words) in [
        ("[[format]]\nid = \"x\"\nname = ", 3, "没有值"),
        ("[[format]]\nid = \"a\"\nname = \"甲\"\ncolour = 1\n", 4, "不认识的键“colour”"),
        ("[[format]]\nid = \"a\"\n", 1, "缺少“name”"),
        ("[[format]]\nid = \"a\"\nname = \"甲\"\ncontent = \"poem\"\n", 4, "不能是“poem”"),
        ("[[format]]\nid = \"没有\"\nname = \"甲\"\n", 2, "缺少 没有.typ"),
        ("[[format]]\nid = \"a\"\nname = \"甲\"\nfields = [\"无\"]\n", 4, "没有定义名为“无”的项目"),
        ("[[field]]\nkey = \"A b\"\nlabel = \"甲\"\nkind = \"text\"\n", 2, "小写字母"),
        ("[[field]]\nkey = \"a\"\nlabel = \"甲\"\nkind = \"choice\"\n", 2, "没有写 choices"),
        ("[[field]]\nkey = \"a\"\nlabel = \"甲\"\nkind = \"text\"\nfrom = \"moon\"\n", 5, "from 不能是“moon”"),
        (
            "[[field]]\nkey = \"a\"\nlabel = \"甲\"\nkind = \"text\"\ncheck = { pattern = '(', says = \"\" }\n",
            5,
            "正则表达式",
        ),
    ] {
        let (desk, formats) = with_folder(&[("formats.toml", text), ("a.typ", "甲")]);
        let faults = formats.faults();
        let place = format!("{}:{line}:", desk.path().join("formats.toml").display());
        assert!(faults[0].starts_with(&place) && faults[0].contains(words), "{text}: {faults:?}");
        let list = formats.list();
        assert!(list.iter().any(|f| f.id == "research-report" && !f.own), "the carried ones stay");
        assert!(list.iter().any(|f| f.id == "a" && f.own), "a template is offered even without a good entry");
        assert!(!list.iter().any(|f| f.id == "没有"));
    }
    let (_desk, formats) = with_folder(&[]);
    std::fs::write(_desk.path().join("坏.typ"), [0xff, 0xfe]).unwrap();
    let formats_with_bad = Formats::with(Own::read(_desk.path()));
    assert!(formats_with_bad.faults()[0].contains("不是 UTF-8"), "{:?}", formats_with_bad.faults());
    assert_ne!(formats.faults(), formats_with_bad.faults());
    assert!(Own::read(Path::new("/没有的文件夹")).is_none());
}

#[test]
fn values_are_kept_in_one_form_and_wrong_ones_refused() {
    let (_desk, formats) = letter();
    assert_eq!(formats.normal("sent", "2026年3月5日").unwrap().as_deref(), Some("2026-03-05"));
    assert_eq!(formats.normal("sent", " ").unwrap(), None, "an empty value is taken back");
    assert_eq!(formats.normal("manner", "机要").unwrap().as_deref(), Some("机要"));
    assert_eq!(formats.normal("manner", "不写").unwrap(), None);
    let refused = formats.normal("manner", "快递").unwrap_err();
    assert!(refused.message.contains("方式不能是“快递”。可用：不写、机要、平件。"), "{refused}");
    assert!(formats.normal("sent", "明天").is_err());
    let refused = formats.normal("colour", "红").unwrap_err();
    assert!(refused.message.contains("number") && refused.message.contains("classification"), "{refused}");
}

#[test]
fn a_document_gets_what_was_filled_in_and_the_defaults_of_its_format() {
    let (_desk, formats) = letter();
    let meta = Meta { org: Some("市统计局".into()), ..Meta::default() };
    let mut document = Document { meta, ..Document::default() };
    let filled = values(&[
        ("number", "某统〔2026〕5号"),
        ("to", "甲局、乙局\n丙区；丁区"),
        ("sent", "2026-03-05"),
        ("classification", "秘密"),
        ("unheard-of", "照原样"),
    ]);
    formats.dress(&mut document, formats.find("letter").unwrap(), &filled);
    let text = |v: &str| Official::Text(v.to_owned());
    let expected = BTreeMap::from([
        ("number".to_owned(), text("某统〔2026〕5号")),
        ("to".to_owned(), Official::List(["甲局", "乙局", "丙区", "丁区"].map(str::to_owned).to_vec())),
        ("sent".to_owned(), text("2026年3月5日")),
        ("issuer".to_owned(), text("市统计局")),
        ("how".to_owned(), text("平件")),
        ("classification".to_owned(), text("秘密")),
    ]);
    assert_eq!(document.meta.official, expected, "what the format does not ask for stays away");
    assert_eq!(document.meta.classification.as_deref(), Some("秘密"), "it stands on every cover");
    // A bare template has said nothing of what it wants.
    let (_desk, formats) = with_folder(&[("bare.typ", "白")]);
    let mut document = Document::default();
    formats.dress(&mut document, formats.find("bare").unwrap(), &filled);
    assert_eq!(document.meta.official["unheard-of"], text("照原样"));
}

#[test]
fn a_doubtful_value_is_told_with_what_it_should_be() {
    let (_desk, formats) = letter();
    let format = formats.find("letter").unwrap();
    let remarks = |number: &str| formats.remarks(format, &values(&[("number", number)]));
    assert_eq!(remarks("某统〔2026〕5号"), []);
    for wrong in ["某统[2026]5号", "某统（2026）第5号", "某统【2026】05号"] {
        let told = remarks(wrong);
        assert_eq!(told.len(), 1, "{wrong}");
        assert_eq!(told[0].suggestion.as_deref(), Some("某统〔2026〕5号"), "{wrong}");
        assert!(told[0].to_string().contains("建议写成"), "{}", told[0]);
    }
    assert_eq!(remarks("五号")[0].suggestion, None, "no guess where there is none");
}
