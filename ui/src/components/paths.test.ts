import { expect, it } from "vitest";
import { asFileName, fileName, folderOf, joinPath, withEnding } from "./paths";

it("takes paths of both kinds apart", () => {
  expect(fileName("D:\\报告\\甲.yance")).toBe("甲.yance");
  expect(folderOf("D:\\报告\\甲.yance")).toBe("D:\\报告");
  expect(folderOf("/甲.yance")).toBe("/");
  expect(joinPath("D:\\报告", "甲.pdf")).toBe("D:\\报告\\甲.pdf");
  expect(joinPath("/home/a", "甲.pdf")).toBe("/home/a/甲.pdf");
  expect(withEnding("/home/a.b/甲.yance", ".pdf")).toBe("/home/a.b/甲.pdf");
  expect(withEnding("甲", ".pdf")).toBe("甲.pdf");
});

it("makes a file name of any title", () => {
  expect(asFileName("现状：问题/对策?")).toBe("现状：问题_对策_");
  expect(asFileName(" .甲. ")).toBe("甲");
});
