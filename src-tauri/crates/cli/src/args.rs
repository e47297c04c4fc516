//! The command line as a person types it. Doc comments are the help texts.

use crate::{Ending, console};
use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// 研策：把调查数据变成有据可查的研究报告
#[derive(Parser)]
#[command(
    name = "yance",
    version,
    help_template = TEMPLATE,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    next_help_heading = "选项",
    after_help = "退出状态：0 完成；1 完成，但输入有问题（已列出）；2 用法错误；3 失败（没有改动）。\n\
                  “yance 命令 --help” 查看各命令的说明和示例。"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// 只输出结果和错误
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// 自有排版模板的文件夹，不写则用个人设置里的（yance doctor 可查）
    #[arg(long, global = true, value_name = "文件夹", value_hint = ValueHint::DirPath)]
    pub(crate) templates: Option<PathBuf>,
    /// 显示帮助
    #[arg(long, short, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(long, short = 'V', action = clap::ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 建立示例工程并生成报告 PDF：最快看到成品的方法
    #[command(help_template = TEMPLATE, after_help = "示例：\n  yance demo\n  yance demo -o 示例文件夹")]
    Demo(DemoArgs),
    /// 新建工程文件（不覆盖已有文件）
    #[command(
        help_template = TEMPLATE,
        after_help = "示例：\n  yance new 养老.yance --kit general-survey --title 全市养老服务调研报告 --as-of 2024-12-31"
    )]
    New(NewArgs),
    /// 导入调查文件（xlsx、xls、ods、csv）
    #[command(
        help_template = TEMPLATE,
        after_help = "示例：\n  yance import 养老.yance 台账.xlsx 问卷.csv\n  yance import 养老.yance 台账.xlsx --dry-run --json\n\n\
                      映射文件（--map）：\n  [[map]]\n  sheet = \"城区\"          # file、sheet 可省\n  column = \"F\"            # 列号或表头文字\n  \
                      field = \"revenue_2023\"  # 字段代号；写 \"\" 表示不用这一列\n  unit = \"元\"             # 表中数字的单位"
    )]
    Import(ImportArgs),
    /// 输出整理好的记录（已应用更正、合并重复）
    #[command(help_template = TEMPLATE, after_help = "示例：\n  yance data 养老.yance -o 记录.xlsx\n  yance data 养老.yance --dataset 台账 --format json > 记录.json")]
    Data(DataArgs),
    /// 计算指标、问题、对策和目标
    #[command(help_template = TEMPLATE, after_help = "示例：\n  yance analyze 养老.yance --json > 分析.json")]
    Analyze(ProjectArgs),
    /// 采用问题或对策
    #[command(help_template = TEMPLATE, after_help = "示例：\n  yance accept 养老.yance P04 M11")]
    Accept(DecideArgs),
    /// 不采用问题或对策
    #[command(help_template = TEMPLATE, after_help = "示例：\n  yance reject 养老.yance P07")]
    Reject(DecideArgs),
    /// 设置标题、日期和套件参数
    #[command(
        help_template = TEMPLATE,
        after_help = "可设置：title、subtitle、authors、org、as-of、date，套件的参数（yance kit list 可查），\n\
                      版式要填写的项目 format.名称（yance formats 可查；多项时一行一项，或用“；”分隔）。\n\
                      示例：\n  yance set 养老.yance org 市民政局\n  yance set 养老.yance as-of 2024-12-31\n  \
                      yance set 养老.yance format.number 某民发〔2026〕1号"
    )]
    Set(SetArgs),
    /// 排版并输出报告
    #[command(
        help_template = TEMPLATE,
        after_help = "示例：\n  yance report 养老.yance -o 报告.pdf\n  yance report 养老.yance -o 报告.pdf --pdf-standard a-2b --pages 页面 --ppi 150\n  \
                      yance report 养老.yance -o 公文.pdf --template official-document\n  yance report 养老.yance -o 小册子.pdf --impose booklet --creep 0.1"
    )]
    Report(ReportArgs),
    /// 核校文稿里的数字（txt、md、docx、pdf）或工程的报告
    #[command(
        help_template = TEMPLATE,
        after_help = "不能断定的地方不报。退出状态 1 表示有错误或警告。\n\
                      示例：\n  yance check 年度报告.docx\n  yance check 年度报告.docx -o 核校意见.pdf\n  \
                      yance check 年度报告.docx -o 核校意见.html --date 2024-03-05\n  yance check 养老.yance --json > 核校.json"
    )]
    Check(CheckArgs),
    /// 测量 PDF 的版面，可按 GB/T 9704 逐条判定
    #[command(
        help_template = TEMPLATE,
        after_help = "退出状态 1 表示有不符合的条款。\n示例：\n  yance inspect 报告.pdf\n  yance inspect 公文.pdf --standard gbt9704"
    )]
    Inspect(InspectArgs),
    /// 列出排版格式及其要填写的项目
    #[command(help_template = TEMPLATE, after_help = "示例：\n  yance formats\n  yance formats --templates 我的模板 --json")]
    Formats(OutputArgs),
    /// 查看、检查、新建报告套件
    #[command(help_template = TEMPLATE, subcommand_help_heading = "命令", subcommand_value_name = "命令")]
    Kit {
        #[command(subcommand)]
        command: KitCommand,
    },
    /// 检查本机环境：字体、套件、模板、读写权限
    #[command(help_template = TEMPLATE)]
    Doctor(OutputArgs),
    /// 输出命令行补全脚本
    #[command(help_template = TEMPLATE, after_help = "示例：\n  yance completions bash > ~/.local/share/bash-completion/completions/yance")]
    Completions {
        /// 命令行外壳
        #[arg(value_name = "外壳")]
        shell: clap_complete::Shell,
    },
}

#[derive(Subcommand)]
pub(crate) enum KitCommand {
    /// 列出自带的套件及其参数
    #[command(help_template = TEMPLATE)]
    List(OutputArgs),
    /// 检查文件夹中的套件，一次列出全部错误（文件:行:列）
    #[command(help_template = TEMPLATE)]
    Check {
        /// 套件文件夹
        #[arg(value_name = "文件夹", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// 以自带套件为底本新建一个套件
    #[command(help_template = TEMPLATE)]
    New {
        /// 新套件的文件夹，其名称即套件代号
        #[arg(value_name = "文件夹", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// 作为底本的套件
        #[arg(long, value_name = "代号", default_value = "general-survey")]
        from: String,
    },
}

#[derive(ClapArgs)]
pub(crate) struct OutputArgs {
    /// 输出 JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct ProjectArgs {
    /// 工程文件
    #[arg(value_name = "工程", value_hint = ValueHint::FilePath)]
    pub(crate) project: PathBuf,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(ClapArgs)]
pub(crate) struct CheckArgs {
    /// 文稿或工程
    #[arg(value_name = "文件", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// 同时写出核校意见表，随文稿存档：.pdf 为横排表格，.html 为对照原文的网页
    #[arg(long = "output", short = 'o', value_name = "PDF或HTML文件", value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,
    /// 核校意见表上的日期，不写则为今天
    #[arg(long, value_name = "年-月-日", requires = "report")]
    pub(crate) date: Option<String>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(ClapArgs)]
pub(crate) struct InspectArgs {
    /// PDF 文件
    #[arg(value_name = "PDF", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// 按哪个标准判定
    #[arg(long, value_name = "标准", value_parser = ["gbt9704"])]
    pub(crate) standard: Option<String>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(ClapArgs)]
pub(crate) struct DemoArgs {
    /// 输出文件夹
    #[arg(long, short, value_name = "文件夹", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) output: PathBuf,
    /// 示例所属的套件
    #[arg(long, value_name = "代号", default_value = "tech-enterprise")]
    pub(crate) kit: String,
    /// 输出 JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct NewArgs {
    /// 工程文件
    #[arg(value_name = "工程", value_hint = ValueHint::FilePath)]
    pub(crate) project: PathBuf,
    /// 报告套件：代号（yance kit list 可查），或自己的套件文件夹、zip 压缩包
    #[arg(long, value_name = "代号或路径")]
    pub(crate) kit: String,
    /// 报告标题，不写则用文件名
    #[arg(long, value_name = "标题")]
    pub(crate) title: Option<String>,
    /// 副标题
    #[arg(long, value_name = "副标题")]
    pub(crate) subtitle: Option<String>,
    /// 作者，可多次
    #[arg(long, value_name = "作者")]
    pub(crate) author: Vec<String>,
    /// 单位
    #[arg(long, value_name = "单位")]
    pub(crate) org: Option<String>,
    /// 数据截至日，不写则为今天
    #[arg(long, value_name = "年-月-日")]
    pub(crate) as_of: Option<String>,
    /// 封面日期，不写则为截至日
    #[arg(long, value_name = "年-月-日")]
    pub(crate) date: Option<String>,
    /// 套件参数，可多次
    #[arg(long, value_name = "名=值")]
    pub(crate) param: Vec<String>,
    /// 输出 JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct ImportArgs {
    /// 工程文件
    #[arg(value_name = "工程", value_hint = ValueHint::FilePath)]
    pub(crate) project: PathBuf,
    /// 要导入的文件；有一个读不了就全部不导入
    #[arg(value_name = "文件", required = true, value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// 指定这些文件属于哪个数据集
    #[arg(long, value_name = "代号")]
    pub(crate) dataset: Option<String>,
    /// 只导入这些工作表，可多次
    #[arg(long, value_name = "名称")]
    pub(crate) sheet: Vec<String>,
    /// 列与字段的对应关系
    #[arg(long, value_name = "TOML文件", value_hint = ValueHint::FilePath)]
    pub(crate) map: Option<PathBuf>,
    /// 替换工程里的这个文件（更新后的表换了文件名时用），可多次
    #[arg(long, value_name = "文件名")]
    pub(crate) replace: Vec<String>,
    /// 只显示识别结果和全部问题，不写入
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// 输出 JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct DataArgs {
    /// 工程文件
    #[arg(value_name = "工程", value_hint = ValueHint::FilePath)]
    pub(crate) project: PathBuf,
    /// 数据集；只有一个时可省，xlsx 和 json 不写则输出全部
    #[arg(long, value_name = "代号")]
    pub(crate) dataset: Option<String>,
    /// 格式；不写则看输出文件的后缀，看不出时为 csv
    #[arg(long, value_name = "格式")]
    format: Option<DataFormat>,
    /// 输出文件，不写则输出到屏幕
    #[arg(long, short, value_name = "文件", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum DataFormat {
    Csv,
    Xlsx,
    Json,
}

impl DataArgs {
    /// The format asked for, else the one the output's name tells.
    pub(crate) fn format(&self) -> DataFormat {
        let named = || self.output.as_ref()?.extension()?.to_str().and_then(|e| DataFormat::from_str(e, true).ok());
        self.format.or_else(named).unwrap_or(DataFormat::Csv)
    }
}

impl ValueEnum for DataFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &[DataFormat::Csv, DataFormat::Xlsx, DataFormat::Json]
    }
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            DataFormat::Csv => PossibleValue::new("csv"),
            DataFormat::Xlsx => PossibleValue::new("xlsx"),
            DataFormat::Json => PossibleValue::new("json"),
        })
    }
}

#[derive(ClapArgs)]
pub(crate) struct DecideArgs {
    /// 工程文件
    #[arg(value_name = "工程", value_hint = ValueHint::FilePath)]
    pub(crate) project: PathBuf,
    /// 问题或对策的代号
    #[arg(value_name = "代号", required = true)]
    pub(crate) ids: Vec<String>,
}

#[derive(ClapArgs)]
pub(crate) struct SetArgs {
    /// 工程文件
    #[arg(value_name = "工程", value_hint = ValueHint::FilePath)]
    pub(crate) project: PathBuf,
    /// 名称
    #[arg(value_name = "名称")]
    pub(crate) key: String,
    /// 值；空字符串表示恢复默认
    #[arg(value_name = "值", allow_hyphen_values = true)]
    pub(crate) value: String,
}

#[derive(ClapArgs)]
pub(crate) struct ReportArgs {
    /// 工程文件
    #[arg(value_name = "工程", value_hint = ValueHint::FilePath)]
    pub(crate) project: PathBuf,
    /// 输出的 PDF；什么输出都不写时，放在工程文件旁边
    #[arg(long, short, value_name = "PDF文件", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// 排版格式（yance formats 可查）
    #[arg(long, value_name = "代号", default_value = "research-report")]
    pub(crate) template: String,
    /// PDF 标准：ua-1 无障碍，a-2b 长期保存，1.7 普通
    #[arg(long, value_name = "标准", default_value = "ua-1")]
    pub(crate) pdf_standard: PdfStandard,
    /// 拼版（供印刷，不带标签和书签）：booklet 骑马订小册子，2up 一面两页，duplex 双面
    #[arg(long, value_name = "方式")]
    pub(crate) impose: Option<ImposeLayout>,
    /// 小册子和一面两页所用的纸
    #[arg(long, value_name = "纸张", default_value = "a3", requires = "impose")]
    pub(crate) sheet: ImposeSheet,
    /// 小册子每往里一张，版面向折缝移动多少毫米
    #[arg(long, value_name = "毫米", default_value = "0", requires = "impose")]
    pub(crate) creep: f64,
    /// 打印机双面打印时沿哪条边翻转：long 长边，short 短边；不写则按装订方向
    #[arg(long, value_name = "边", requires = "impose")]
    pub(crate) binding: Option<ImposeEdge>,
    /// 同时把各页存成 PNG 图片的文件夹
    #[arg(long, value_name = "文件夹", value_hint = ValueHint::DirPath)]
    pub(crate) pages: Option<PathBuf>,
    /// 图片分辨率（每英寸像素）
    #[arg(long, value_name = "数", default_value = "144")]
    pub(crate) ppi: f64,
    /// 同时输出文稿 JSON
    #[arg(long, value_name = "JSON文件", value_hint = ValueHint::FilePath)]
    pub(crate) document: Option<PathBuf>,
    /// 优先使用本机的公文字体
    #[arg(long)]
    pub(crate) system_fonts: bool,
    /// 输出 JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PdfStandard {
    Ua1,
    A2b,
    Plain,
}

impl ValueEnum for PdfStandard {
    fn value_variants<'a>() -> &'a [Self] {
        &[PdfStandard::Ua1, PdfStandard::A2b, PdfStandard::Plain]
    }
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            PdfStandard::Ua1 => PossibleValue::new("ua-1"),
            PdfStandard::A2b => PossibleValue::new("a-2b"),
            PdfStandard::Plain => PossibleValue::new("1.7"),
        })
    }
}

#[derive(Clone, Copy)]
pub(crate) enum ImposeLayout {
    Booklet,
    TwoUp,
    Duplex,
}

impl ValueEnum for ImposeLayout {
    fn value_variants<'a>() -> &'a [Self] {
        &[ImposeLayout::Booklet, ImposeLayout::TwoUp, ImposeLayout::Duplex]
    }
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            ImposeLayout::Booklet => PossibleValue::new("booklet"),
            ImposeLayout::TwoUp => PossibleValue::new("2up"),
            ImposeLayout::Duplex => PossibleValue::new("duplex"),
        })
    }
}

#[derive(Clone, Copy)]
pub(crate) enum ImposeSheet {
    A3,
    A4,
}

impl ValueEnum for ImposeSheet {
    fn value_variants<'a>() -> &'a [Self] {
        &[ImposeSheet::A3, ImposeSheet::A4]
    }
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            ImposeSheet::A3 => PossibleValue::new("a3"),
            ImposeSheet::A4 => PossibleValue::new("a4"),
        })
    }
}

#[derive(Clone, Copy)]
pub(crate) enum ImposeEdge {
    Long,
    Short,
}

impl ValueEnum for ImposeEdge {
    fn value_variants<'a>() -> &'a [Self] {
        &[ImposeEdge::Long, ImposeEdge::Short]
    }
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            ImposeEdge::Long => PossibleValue::new("long"),
            ImposeEdge::Short => PossibleValue::new("short"),
        })
    }
}

/// Says in Chinese what is wrong with a command line; help and version are no mistakes.
pub(crate) fn explain(error: &clap::Error) -> Ending {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        console::out(&error.render().to_string());
        return Ending::Done;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        console::complain(&error.render().to_string());
        return Ending::Usage;
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        _ => String::new(),
    };
    let arg = text(ContextKind::InvalidArg);
    let mut message = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}。"),
        ErrorKind::MissingSubcommand => "请写出要执行的命令。".to_owned(),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令。", text(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("不认识“{arg}”。"),
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_empty() => format!("{arg} 后面缺少值。"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{arg} 不能是“{}”。", text(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict => format!("{arg} 不能重复，或不能与别的选项同用。"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{arg} 的值的个数不对。")
        }
        ErrorKind::NoEquals => format!("{arg} 应写成 名=值。"),
        _ => "命令行有误。".to_owned(),
    };
    let valid = text(ContextKind::ValidValue);
    if !valid.is_empty() {
        message.push_str(&format!("可用：{valid}。"));
    }
    let close = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .map(text)
        .into_iter()
        .find(|t| !t.is_empty());
    if let Some(close) = close {
        message.push_str(&format!("是不是想写“{close}”？"));
    }
    console::complain(&format!("{message}用 --help 查看用法。"));
    Ending::Usage
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }
}
