import { DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useEffect, useState } from "react";
import { host, useAct } from "../../backend";
import type { BackendError } from "../../backend/error";
import type { KitCard } from "../../backend/bindings/KitCard";
import { Dialog } from "../../components/Dialog";
import { Failure } from "../../components/Failure";
import { useNavigation } from "../../components/navigation";
import { PathField } from "../../components/PathField";
import { asFileName, joinPath } from "../../components/paths";

interface CreateProps {
  cards: KitCard[];
  kit: string;
  onKit: (kit: string) => void;
  onClose: () => void;
}

/** The dialog that makes a project file. */
export function Create({ cards, kit, onKit, onClose }: CreateProps) {
  const { navigate } = useNavigation();
  const [title, setTitle] = useState("");
  const [org, setOrg] = useState("");
  const [authors, setAuthors] = useState("");
  const [asOf, setAsOf] = useState<Dayjs | null>(dayjs().startOf("year").subtract(1, "day"));
  const [folder, setFolder] = useState("");
  // Until somebody writes a path, it follows the title.
  const [path, setPath] = useState<string | null>(null);
  const [error, setError] = useState<BackendError | null>(null);
  const create = useAct("create_project", {
    onError: setError,
    onSuccess: ({ path }) => {
      onClose();
      navigate({ stage: "data" }, path);
    },
  });

  useEffect(() => {
    void host.documentsFolder().then((folder) => setFolder(folder ?? ""));
  }, []);

  const name = `${asFileName(title) || "未命名报告"}.yance`;
  const shownPath = path ?? joinPath(folder, name);
  const card = cards.find((card) => card.kit.id === kit);

  const submit = () => {
    if (title.trim() === "") return;
    setError(null);
    create.mutate({
      path: shownPath,
      kit,
      title: title.trim(),
      ...(org.trim() && { org: org.trim() }),
      ...(authors.trim() && { authors: authors.trim() }),
      ...(asOf && { as_of: asOf.format("YYYY-MM-DD") }),
    });
  };

  return (
    <Dialog
      open
      title="新建工程"
      okText="新建"
      cancelText="取消"
      width={600}
      // A click beside the form must not throw away what was filled in.
      mask={{ closable: false }}
      confirmLoading={create.isPending}
      okButtonProps={{ disabled: title.trim() === "" }}
      onOk={submit}
      onCancel={onClose}
    >
      <Form layout="horizontal" labelCol={{ flex: "110px" }} wrapperCol={{ flex: "1 1 0" }} colon={false} onFinish={submit}>
        <Form.Item label="报告套件" htmlFor="create-kit" extra={card?.kit.description}>
          <Select
            id="create-kit"
            value={kit}
            onChange={onKit}
            options={cards.map((card) => ({ value: card.kit.id, label: card.kit.name }))}
          />
        </Form.Item>
        <Form.Item label="报告标题" htmlFor="create-title">
          <Input
            id="create-title"
            data-first
            value={title}
            maxLength={80}
            placeholder="印在封面上的标题"
            onChange={(event) => setTitle(event.target.value)}
          />
        </Form.Item>
        <Form.Item label="署名单位" htmlFor="create-org">
          <Input id="create-org" value={org} placeholder="可以稍后再填" onChange={(event) => setOrg(event.target.value)} />
        </Form.Item>
        <Form.Item label="撰稿人" htmlFor="create-authors">
          <Input
            id="create-authors"
            value={authors}
            placeholder="多人用顿号隔开，可以稍后再填"
            onChange={(event) => setAuthors(event.target.value)}
          />
        </Form.Item>
        <Form.Item label="数据截至" htmlFor="create-as-of" extra="依据和政策按这一天是否有效来选用。">
          <DatePicker id="create-as-of" value={asOf} allowClear={false} onChange={setAsOf} />
        </Form.Item>
        <Form.Item label="保存位置" htmlFor="create-path">
          <PathField
            id="create-path"
            label="保存位置"
            value={shownPath}
            onChange={setPath}
            browse={() =>
              host.pickTarget({
                title: "工程文件保存在哪里",
                path: shownPath,
                filters: [{ name: "研策工程", extensions: ["yance"] }],
              })
            }
          />
        </Form.Item>
        {error && <Failure error={error} />}
        <button type="submit" hidden />
      </Form>
    </Dialog>
  );
}
