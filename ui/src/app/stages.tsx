import {
  AppstoreOutlined,
  AuditOutlined,
  BarChartOutlined,
  ExportOutlined,
  FileSearchOutlined,
  FormOutlined,
  HomeOutlined,
  TableOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import { type ComponentType, lazy, type LazyExoticComponent, type ReactNode } from "react";
import type { Stage } from "../components/navigation";

interface StageRecord {
  label: string;
  icon: ReactNode;
  /** Makes sense without an open project. */
  alone: boolean;
  Page: LazyExoticComponent<ComponentType>;
}

/** The stages of the rail and the page of each. */
export const stageRecords: Record<Stage, StageRecord> = {
  project: { label: "项目", icon: <HomeOutlined />, alone: true, Page: lazy(() => import("../features/project")) },
  data: { label: "数据", icon: <TableOutlined />, alone: false, Page: lazy(() => import("../features/data")) },
  status: { label: "现状", icon: <BarChartOutlined />, alone: false, Page: lazy(() => import("../features/status")) },
  findings: { label: "问题", icon: <WarningOutlined />, alone: false, Page: lazy(() => import("../features/findings")) },
  measures: { label: "对策", icon: <AuditOutlined />, alone: false, Page: lazy(() => import("../features/measures")) },
  compose: { label: "成文", icon: <FormOutlined />, alone: false, Page: lazy(() => import("../features/compose")) },
  check: { label: "核校", icon: <FileSearchOutlined />, alone: true, Page: lazy(() => import("../features/check")) },
  export: { label: "导出", icon: <ExportOutlined />, alone: false, Page: lazy(() => import("../features/export")) },
  kits: { label: "报告套件", icon: <AppstoreOutlined />, alone: true, Page: lazy(() => import("../features/kits")) },
};

/** Stages of the rail proper, in order; `Ctrl+1`… go to them. */
export const railStages = ["project", "data", "status", "findings", "measures", "compose", "check", "export"] as const;
