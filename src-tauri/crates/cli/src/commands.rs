//! Each command: call the backend, show what came back, name the ending.

use crate::Ending;
use crate::args::*;
use crate::console::{self, Ticker};
use backend::{
    Access, Code, Decision, Edge, Error, Imposition, Layout, NewProject, PrintOptions, PrintReport, Profile, Project,
    Result, Severity, Sheet, Source, Standard,
};
use clap::CommandFactory;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

pub(crate) fn run(args: Args) -> Ending {
    let quiet = args.quiet;
    let json = wants_json(&args.command);
    if let Some(folder) = args.templates {
        if !folder.is_dir() {
            console::complain(&format!("自有模板的文件夹不存在：{}。", folder.display()));
            return Ending::Usage;
        }
        backend::use_templates(folder);
    }
    let result = match args.command {
        Command::Demo(args) => demo(args, quiet),
        Command::New(args) => new(args, quiet),
        Command::Import(args) => import(args, quiet),
        Command::Data(args) => data(args),
        Command::Analyze(args) => analyze(args),
        Command::Accept(args) => decide(args, Decision::Accepted, quiet),
        Command::Reject(args) => decide(args, Decision::Rejected, quiet),
        Command::Set(args) => set(args, quiet),
        Command::Report(args) => report(args, quiet),
        Command::Check(args) => check(args),
        Command::Inspect(args) => inspect(args),
        Command::Formats(args) => Ok(formats(args)),
        Command::Kit { command } => kit(command, quiet),
        Command::Doctor(args) => Ok(doctor(args)),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "yance", &mut script);
            console::out(&String::from_utf8_lossy(&script));
            Ok(Ending::Done)
        }
    };
    result.unwrap_or_else(|e| fail(&e, json))
}

fn wants_json(command: &Command) -> bool {
    match command {
        Command::Demo(a) => a.json,
        Command::New(a) => a.json,
        Command::Import(a) => a.json,
        Command::Data(a) => a.format() == DataFormat::Json,
        Command::Analyze(a) => a.output.json,
        Command::Report(a) => a.json,
        Command::Check(a) => a.output.json,
        Command::Inspect(a) => a.output.json,
        Command::Kit { command: KitCommand::List(a) | KitCommand::Check { output: a, .. } } => a.json,
        Command::Doctor(a) | Command::Formats(a) => a.json,
        _ => false,
    }
}

/// Tells a failure on stderr, and to scripts as `{"error": …}` on stdout.
fn fail(error: &Error, json: bool) -> Ending {
    console::complain(&error.message);
    for line in &error.detail {
        console::complain(&format!("  {line}"));
    }
    if json {
        console::json(&BTreeMap::from([("error", error)]));
    }
    match error.code {
        Code::InvalidArgument => Ending::Usage,
        _ => Ending::Failed,
    }
}

fn say(quiet: bool, text: &str) {
    if !quiet {
        console::complain(text);
    }
}

fn check(args: CheckArgs) -> Result<Ending> {
    let checked = backend::check_file(&args.file)?;
    let review = &checked.review;
    let faults = review.findings.iter().filter(|f| f.is_alarm()).count();
    let ending = if faults == 0 { Ending::Done } else { Ending::Problems };
    if let Some(path) = &args.report {
        let date = args.date.as_deref().map(backend::parse_date).transpose()?;
        checked.write_report(date, path)?;
    }
    if args.output.json {
        console::json(&checked);
        return Ok(ending);
    }
    let n = &review.numbers;
    let mut text = format!(
        "{}：{} 字，数字 {} 个（出自工程 {}、复算相符 {}、未能核实 {}、不是数量 {}）\n",
        checked.file, review.chars, n.total, n.linked, n.verified, n.unverified, n.exempt
    );
    for f in &review.findings {
        let spot = checked.spot(f.start);
        let under = if spot.heading.is_empty() { String::new() } else { format!("“{}”", spot.heading) };
        text += &format!("\n{} {under}{} {}\n  {}\n  {}\n", f.rule, spot.words, f.severity.title(), f.quote, f.reason);
        if let Some(expected) = &f.expected {
            text += &format!("  应为：{expected}\n");
        }
    }
    text += &match review.findings.len() {
        0 => "\n没有发现矛盾。\n".to_owned(),
        all => format!("\n共 {all} 处，其中错误和警告 {faults} 处。\n"),
    };
    console::out(&text);
    Ok(ending)
}

fn inspect(args: InspectArgs) -> Result<Ending> {
    let found = backend::inspect_file(&args.file, args.standard.is_some())?;
    let failed = found.clauses.iter().filter(|c| c.failed()).count();
    let ending = if failed == 0 { Ending::Done } else { Ending::Problems };
    if args.output.json {
        console::json(&found);
        return Ok(ending);
    }
    let layout = &found.layout;
    let (w, h) = layout.pages[0].size;
    let mut text = format!("{}：{} 页，首页 {w:.1}×{h:.1} mm\n", found.file, layout.pages.len());
    let standards = if layout.standards.is_empty() { "未声明".to_owned() } else { layout.standards.join("、") };
    let tags = if layout.tagged { "有" } else { "无" };
    text += &format!("标准：{standards}　结构标记：{tags}　书签：{}\n", if layout.bookmarks { "有" } else { "无" });
    for font in layout.fonts.iter().filter(|f| f.glyphs > 0) {
        let how = if font.embedded { "已嵌入" } else { "未嵌入" };
        text += &format!("  字体 {}：{} 字，{how}\n", font.name, font.glyphs);
    }
    for c in &found.clauses {
        let tolerance = if c.tolerance.is_empty() { String::new() } else { format!("（允差 {}）", c.tolerance) };
        text += &format!("{} {} {}：要求 {}{tolerance}；实测 {}", c.title(), c.clause, c.name, c.expected, c.measured);
        if c.failed() && !c.pages.is_empty() {
            let pages: Vec<String> = c.pages.iter().take(8).map(usize::to_string).collect();
            text += &format!("；第 {} 页", pages.join("、"));
        }
        text.push('\n');
    }
    if args.standard.is_some() {
        text += &match failed {
            0 => "各条均符合。\n".to_owned(),
            n => format!("{n} 条不符合。\n"),
        };
    }
    console::out(&text);
    Ok(ending)
}

fn demo(args: DemoArgs, quiet: bool) -> Result<Ending> {
    let mut ticker = Ticker::new(quiet);
    let demo = backend::demo(&args.output, &args.kit, PrintOptions::default(), &mut |p| ticker.show(&p))?;
    drop(ticker);
    let project = demo.project.display().to_string();
    if args.json {
        #[derive(serde::Serialize)]
        struct Out {
            project: String,
            #[serde(flatten)]
            print: PrintReport,
        }
        let ending = printed(&demo.print, true);
        console::json(&Out { project, print: demo.print });
        return Ok(ending);
    }
    say(quiet, &format!("示例工程：{project}"));
    Ok(tell_print(&demo.print, quiet))
}

fn new(args: NewArgs, quiet: bool) -> Result<Ending> {
    let mut parameters = BTreeMap::new();
    for pair in &args.param {
        let Some((key, value)) = pair.split_once('=') else {
            console::complain(&format!("--param 应写成 名=值，而不是“{pair}”。"));
            return Ok(Ending::Usage);
        };
        parameters.insert(key.trim().to_owned(), value.trim().to_owned());
    }
    let project = Project::create(
        &args.project,
        NewProject {
            kit: args.kit,
            title: args.title,
            subtitle: args.subtitle,
            authors: args.author,
            org: args.org,
            as_of: args.as_of.as_deref().map(backend::parse_date).transpose()?,
            date: args.date.as_deref().map(backend::parse_date).transpose()?,
            parameters,
        },
    )?;
    let info = project.info()?;
    if args.json {
        console::json(&info);
    } else {
        say(
            quiet,
            &format!("已新建工程：{}\n标题：{}　套件：{}　截至：{}", info.path, info.title, info.kit.name, info.as_of),
        );
    }
    Ok(Ending::Done)
}

fn import(args: ImportArgs, quiet: bool) -> Result<Ending> {
    let overrides = match &args.map {
        None => Vec::new(),
        Some(path) => backend::parse_map(&path.display().to_string(), &backend::read_text(path)?)?,
    };
    let options = backend::ImportOptions {
        dataset: args.dataset,
        sheets: args.sheet,
        overrides,
        replaces: args.replace,
        dry_run: args.dry_run,
        ..backend::ImportOptions::default()
    };
    let sources: Vec<Source> = args.files.into_iter().map(Source::Path).collect();
    let mut project = Project::open(&args.project, Access::Write)?;
    let mut ticker = Ticker::new(quiet);
    let report = project.import(&sources, &options, &mut |p| ticker.show(&p), &AtomicBool::new(false))?;
    drop(ticker);
    let problems = report
        .files
        .iter()
        .flat_map(|f| &f.tables)
        .flat_map(|t| &t.issues)
        .filter(|i| i.severity >= Severity::Warning)
        .count();
    let doubled = report.files.iter().any(|f| f.version.as_ref().is_some_and(|v| !v.replaces));
    if args.json {
        console::json(&report);
    } else {
        tell_import(&report, quiet);
    }
    Ok(if problems > 0 || doubled { Ending::Problems } else { Ending::Done })
}

/// Issues shown in full; the rest are counted (all of them are in `--json`).
const SHOWN: usize = 30;

fn tell_import(report: &backend::ImportReport, quiet: bool) {
    use backend::FileStatus as S;
    let mut lines = Vec::new();
    for file in &report.files {
        let status = match file.status {
            S::New => "",
            S::Replaced => "（替换先前导入的同名文件）",
            S::Unchanged => "（内容未变，未重复导入）",
        };
        lines.push(format!("{}{status}", file.file));
        if let Some(version) = &file.version {
            lines.push(match version.replaces {
                true => format!("  替换“{}”", version.of),
                false => format!(
                    "  疑似“{of}”的更新版：{} 条记录中有 {} 条是同一批，两份都计入会重复。\n  如是更新，请再执行一次，加上 --replace \"{of}\"。",
                    version.records,
                    version.shared,
                    of = version.of
                ),
            });
        }
        for table in &file.tables {
            let place = format!("  工作表“{}”", table.sheet);
            match &table.dataset {
                None => lines.push(format!("{place}：未采用（{}）", table.reason.as_deref().unwrap_or("不是数据表"))),
                Some(dataset) => {
                    let header: Vec<String> = table.header_rows.iter().map(u32::to_string).collect();
                    let excluded = match table.excluded_rows.len() {
                        0 => String::new(),
                        n => format!("，略去合计、说明等 {n} 行"),
                    };
                    lines.push(format!(
                        "{place} → {dataset}：表头第 {} 行，数据 {} 行，{} 列{excluded}",
                        header.join("、"),
                        table.data_rows,
                        table.columns.len()
                    ));
                }
            }
        }
    }
    for d in &report.datasets {
        let mut parts = vec![format!("{} 条记录", d.records)];
        for (n, word) in [
            (d.added, "新增"),
            (d.changed, "变更"),
            (d.unchanged, "未变"),
            (d.removed, "减少"),
            (d.duplicates, "合并重复"),
            (d.rejected, "剔除"),
        ] {
            if n > 0 {
                parts.push(format!("{word} {n}"));
            }
        }
        lines.push(format!("{}（{}）：{}", d.title, d.id, parts.join("，")));
    }
    lines.push(if report.dry_run {
        "以上为试读结果，工程没有改动。".into()
    } else {
        "已导入。".to_owned()
    });
    if !quiet {
        console::out(&lines.join("\n"));
    }
    let issues: Vec<(&str, &str, &backend::IssueReport)> = report
        .files
        .iter()
        .flat_map(|f| f.tables.iter().flat_map(|t| t.issues.iter().map(|i| (f.file.as_str(), t.sheet.as_str(), i))))
        .filter(|(_, _, i)| i.severity >= Severity::Warning)
        .collect();
    for (file, sheet, issue) in issues.iter().take(SHOWN) {
        let cell = match (&issue.column, issue.row) {
            (Some(column), Some(row)) => format!("{column}{row}"),
            (Some(column), None) => format!("{column}列"),
            (None, Some(row)) => format!("第{row}行"),
            (None, None) => String::new(),
        };
        let level = if issue.severity == Severity::Error { "错误" } else { "存疑" };
        let suggestion = issue.suggestion.as_ref().map(|s| format!("；建议：{s}")).unwrap_or_default();
        console::complain(&format!("{level} {file} {sheet}!{cell}：{}{suggestion}", issue.message));
    }
    if issues.len() > SHOWN {
        console::complain(&format!("……另有 {} 处，用 --json 查看全部。", issues.len() - SHOWN));
    }
}

fn data(args: DataArgs) -> Result<Ending> {
    let project = Project::open(&args.project, Access::Read)?;
    let mut datasets = project.datasets()?;
    let ids: Vec<String> = datasets.iter().map(|d| d.schema.id.clone()).collect();
    if let Some(id) = &args.dataset {
        datasets.retain(|d| d.schema.id == *id);
        if datasets.is_empty() {
            console::complain(&format!("没有数据集“{id}”。可用：{}。", ids.join("、")));
            return Ok(Ending::Usage);
        }
    }
    let mut bytes = Vec::new();
    match args.format() {
        DataFormat::Xlsx if args.output.is_none() => {
            console::complain("xlsx 不能输出到屏幕，请用 -o 写出文件名。");
            return Ok(Ending::Usage);
        }
        DataFormat::Xlsx => bytes = backend::write_xlsx(datasets.iter().map(|d| &**d), &mut || Ok(()))?,
        DataFormat::Json => backend::write_json(datasets.iter().map(|d| &**d), &mut bytes).expect("memory takes all"),
        DataFormat::Csv => match &datasets[..] {
            [] => return Err(backend::no_data()),
            [one] => {
                // Excel takes a UTF-8 file without this mark for the local encoding.
                if args.output.is_some() {
                    bytes.extend_from_slice("\u{feff}".as_bytes());
                }
                backend::write_csv(one, &mut bytes).expect("memory takes all");
            }
            _ => {
                console::complain(&format!("工程里有多个数据集，请用 --dataset 指定：{}。", ids.join("、")));
                return Ok(Ending::Usage);
            }
        },
    }
    match &args.output {
        Some(path) => backend::save_output(path, &args.project, &bytes)?,
        None => console::out(&String::from_utf8_lossy(&bytes)),
    }
    Ok(Ending::Done)
}

fn analyze(args: ProjectArgs) -> Result<Ending> {
    let analysis = Project::open(&args.project, Access::Read)?.analyze()?;
    if args.output.json {
        console::json(&analysis);
        return Ok(Ending::Done);
    }
    let status = |status: &str| match status {
        "accepted" => "已采用",
        "rejected" => "不采用",
        "insufficient" => "证据不足",
        _ => "待定",
    };
    let mut lines = vec![format!("截至 {}，指标 {} 项。", analysis.as_of, analysis.facts.len())];
    lines.push(format!("\n问题 {} 项：", analysis.findings.len()));
    for f in &analysis.findings {
        let severity = f.severity.map_or_else(|| "—".to_owned(), |s| format!("{s:.1}"));
        lines.push(format!("  {}　{}　{severity} 分 {}　{}", f.id, f.title, f.grade, status(&f.status)));
    }
    lines.push(format!("\n对策 {} 项：", analysis.measures.len()));
    for m in &analysis.measures {
        lines.push(format!("  {}　{}　针对 {}　{}", m.id, m.title, m.answers.join("、"), status(&m.status)));
    }
    if !analysis.targets.is_empty() {
        lines.push(format!("\n目标 {} 项：", analysis.targets.len()));
        for t in &analysis.targets {
            let current = t.current.as_deref().unwrap_or("—");
            let year = if t.year == 0 { "未写年份".to_owned() } else { format!("{}年", t.year) };
            lines.push(format!("  {}：{current} → {}{}（{year}）　{}", t.title, t.target, t.unit, t.grade));
        }
    }
    let listed = [
        ("尚无对策的问题", &analysis.coverage.findings_without_measure),
        ("没有对应问题的对策", &analysis.coverage.measures_without_finding),
        ("待补", &analysis.gaps),
    ];
    for (title, entries) in listed {
        if !entries.is_empty() {
            lines.push(format!("\n{title}："));
            lines.extend(entries.iter().map(|e| format!("  {e}")));
        }
    }
    console::out(&lines.join("\n"));
    Ok(Ending::Done)
}

fn decide(args: DecideArgs, decision: Decision, quiet: bool) -> Result<Ending> {
    Project::open(&args.project, Access::Write)?.decide(&args.ids, Some(decision))?;
    let word = if decision == Decision::Accepted { "已采用" } else { "已标为不采用" };
    say(quiet, &format!("{word}：{}", args.ids.join("、")));
    Ok(Ending::Done)
}

fn set(args: SetArgs, quiet: bool) -> Result<Ending> {
    let mut project = Project::open(&args.project, Access::Write)?;
    project.set(&args.key, &args.value)?;
    say(quiet, &format!("已设置 {} = {}", args.key, args.value));
    let remarks = project.format_remarks(&args.key)?;
    remarks.iter().for_each(|remark| console::complain(&format!("提示：{remark}")));
    Ok(if remarks.is_empty() { Ending::Done } else { Ending::Problems })
}

fn formats(args: OutputArgs) -> Ending {
    let formats = backend::Formats::load();
    let (list, faults) = (formats.list(), formats.faults());
    let ending = if faults.is_empty() { Ending::Done } else { Ending::Problems };
    if args.json {
        #[derive(serde::Serialize)]
        struct Out {
            formats: Vec<backend::FormatInfo>,
            faults: Vec<String>,
        }
        console::json(&Out { formats: list, faults });
        return ending;
    }
    for f in &list {
        let own = if f.own { "　自有" } else { "" };
        console::out(&format!("{}　{}　{}{own}", f.id, f.name, f.paper));
        if !f.purpose.is_empty() {
            console::out(&format!("  {}", f.purpose));
        }
        for field in &f.fields {
            let choices: Vec<&str> =
                field.choices.iter().map(|c| c.value.as_str()).filter(|value| !value.is_empty()).collect();
            let kind = match field.kind {
                backend::FormatFieldKind::Text => String::new(),
                backend::FormatFieldKind::List => "（可多项）".to_owned(),
                backend::FormatFieldKind::Date => "（日期）".to_owned(),
                backend::FormatFieldKind::Choice => format!("（{}）", choices.join("、")),
            };
            let default =
                if field.default.is_empty() { String::new() } else { format!("（默认：{}）", field.default) };
            console::out(format!("  format.{}：{}{kind}{default} {}", field.key, field.label, field.help).trim_end());
        }
    }
    faults.iter().for_each(|fault| console::complain(&format!("自有模板有误：{fault}")));
    ending
}

fn report(args: ReportArgs, quiet: bool) -> Result<Ending> {
    let nothing_asked = args.output.is_none() && args.pages.is_none() && args.document.is_none();
    let options = PrintOptions {
        template: args.template,
        standard: match args.pdf_standard {
            PdfStandard::Ua1 => Standard::UniversalA,
            PdfStandard::A2b => Standard::ArchivalA2b,
            PdfStandard::Plain => Standard::Plain,
        },
        profile: if args.system_fonts { Profile::System } else { Profile::Standard },
        pdf: if nothing_asked { Some(args.project.with_extension("pdf")) } else { args.output },
        impose: args.impose.map(|layout| Imposition {
            layout: match layout {
                ImposeLayout::Booklet => Layout::Booklet,
                ImposeLayout::TwoUp => Layout::TwoUp,
                ImposeLayout::Duplex => Layout::Duplex,
            },
            sheet: match args.sheet {
                ImposeSheet::A3 => Sheet::A3,
                ImposeSheet::A4 => Sheet::A4,
            },
            creep: args.creep,
            turn: args.binding.map(|edge| match edge {
                ImposeEdge::Long => Edge::Long,
                ImposeEdge::Short => Edge::Short,
            }),
        }),
        images: args.pages,
        ppi: args.ppi,
        document: args.document,
    };
    let project = Project::open(&args.project, Access::Read)?;
    let mut ticker = Ticker::new(quiet);
    let report = project.print(&options, &mut |p| ticker.show(&p))?;
    drop(ticker);
    if args.json {
        let ending = printed(&report, true);
        console::json(&report);
        return Ok(ending);
    }
    Ok(tell_print(&report, quiet))
}

/// Lists what is wrong with printed pages.
fn printed(report: &PrintReport, quiet: bool) -> Ending {
    for warning in report.warnings.iter().filter(|_| !quiet) {
        console::complain(&format!("提示：{warning}"));
    }
    for glyph in &report.missing_glyphs {
        let place = glyph.block.as_deref().map(|b| format!("（段块 {b}）")).unwrap_or_default();
        console::complain(&format!("缺字：“{}”没有可用的字形，已用〓代替{place}。", glyph.character));
    }
    if report.missing_glyphs.is_empty() { Ending::Done } else { Ending::Problems }
}

fn tell_print(report: &PrintReport, quiet: bool) -> Ending {
    let ending = printed(report, quiet);
    if !quiet {
        let made = [("报告", &report.pdf), ("文稿", &report.document)];
        for (what, path) in made.iter().filter_map(|(what, path)| Some((what, path.as_ref()?))) {
            let sheets = report.sheets.filter(|_| *what == "报告").map(|n| format!("，{n} 张纸")).unwrap_or_default();
            console::out(&format!("{what}：{path}（{} 页{sheets}）", report.pages));
        }
        if let Some(first) = report.images.first() {
            let folder = Path::new(first).parent().map(|p| p.display().to_string()).unwrap_or_default();
            console::out(&format!("页面图片：{folder}（{} 张）", report.images.len()));
        }
        if !report.gaps.is_empty() {
            console::complain(&format!("待补 {} 项：", report.gaps.len()));
            report.gaps.iter().for_each(|gap| console::complain(&format!("  {gap}")));
        }
    }
    ending
}

fn kit(command: KitCommand, quiet: bool) -> Result<Ending> {
    match command {
        KitCommand::List(output) => {
            let kits = backend::list_kits()?;
            if output.json {
                console::json(&BTreeMap::from([("kits", &kits)]));
                return Ok(Ending::Done);
            }
            for kit in &kits {
                console::out(&format!("{}　{} {}\n  {}", kit.id, kit.name, kit.version, kit.description));
                for p in &kit.parameters {
                    let default =
                        if p.default.is_empty() { String::new() } else { format!("（默认：{}）", p.default) };
                    console::out(&format!("  参数 {}：{}{default} {}", p.key, p.title, p.description));
                }
            }
            Ok(Ending::Done)
        }
        KitCommand::Check { folder, output } => {
            let checked = backend::check_folder(&folder)?;
            if output.json {
                #[derive(serde::Serialize)]
                struct Out<'a> {
                    kit: Option<&'a backend::KitInfo>,
                    faults: &'a [backend::KitFault],
                }
                console::json(&match &checked {
                    Ok(kit) => Out { kit: Some(kit), faults: &[] },
                    Err(faults) => Out { kit: None, faults },
                });
            }
            match checked {
                Ok(kit) => {
                    say(quiet || output.json, &format!("套件 {}（{} {}）没有错误。", kit.id, kit.name, kit.version));
                    Ok(Ending::Done)
                }
                Err(faults) => {
                    for f in faults.iter().filter(|_| !output.json) {
                        let path = folder.join(&f.file);
                        console::complain(&format!("{}:{}:{}: {}", path.display(), f.line, f.column, f.message));
                    }
                    Ok(Ending::Problems)
                }
            }
        }
        KitCommand::New { folder, from } => {
            backend::write_starter(&folder, &from)?;
            say(quiet, &format!("已新建套件：{}。改好后用 yance kit check 检查。", folder.display()));
            Ok(Ending::Done)
        }
    }
}

fn doctor(args: OutputArgs) -> Ending {
    let found = backend::examine(std::env::current_dir().ok());
    let ending = if found.faults.is_empty() { Ending::Done } else { Ending::Problems };
    if args.json {
        console::json(&found);
        return ending;
    }
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "未找到".to_owned());
    let list = |texts: &[String]| if texts.is_empty() { "无".to_owned() } else { texts.join("；") };
    console::out(&format!(
        "研策 {}（工程格式 {}）\n程序：{}\n字体：{}\n替代字体：{}\n排版格式：{}\n自有模板：{}\n报告套件：{}\n当前文件夹：{}（{}）",
        found.version,
        found.project_format,
        or_none(&found.program),
        or_none(&found.fonts),
        list(&found.stand_ins),
        list(&found.templates),
        match &found.own_templates {
            Some(folder) if found.has_own_templates => folder.clone(),
            Some(folder) => format!("{folder}（文件夹不存在，新建后放入 .typ 文件即可）"),
            None => "没有个人设置的文件夹".to_owned(),
        },
        list(&found.kits),
        or_none(&found.working_folder),
        if found.writable { "可写" } else { "不可写" },
    ));
    if found.faults.is_empty() {
        console::out("一切就绪。");
    }
    found.faults.iter().for_each(|fault| console::complain(fault));
    ending
}
