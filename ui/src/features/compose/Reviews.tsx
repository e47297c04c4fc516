import { Button, Empty } from "antd";
import { memo } from "react";
import { useAct } from "../../backend";
import type { Inline } from "../../backend/bindings/Inline";
import type { Review } from "../../backend/bindings/Review";
import { Writes } from "../../components/writing";
import { compare } from "./diff";
import { type NameOf, wordsOf } from "./inline";

const reasons: Record<Review["why"], string> = {
  changed: "数据或设置变化后，生成的文字与您修改时不同。",
  vanished: "这一处已不再生成，您的文字保留在这里，没有印出。",
  "lost-fact": "文中引用的数字已不再计算，现按最后一次的数字印出。",
  moved: "它原来所跟的段块已不在，现放在就近一节的末尾。",
};
const aspects: Record<string, string> = { content: "正文", items: "列表", title: "标题", own: "自写段块", form: "图形" };

interface ReviewsProps {
  reviews: readonly Review[];
  nameOf: NameOf;
  titleOf: (id: string) => string;
  onGo: (id: string) => void;
  onEdit: (id: string) => void;
}

/** 需复核: where the author's word and the program's have parted, side by side. */
export function Reviews({ reviews, nameOf, titleOf, onGo, onEdit }: ReviewsProps) {
  if (reviews.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有需要复核的地方。数据变化后，改过的段落会列在这里。" />;
  return (
    <ol className="reviews">
      {reviews.map((review) => (
        <li key={`${review.id} ${review.aspect} ${review.why}`}>
          <ReviewCard review={review} nameOf={nameOf} title={titleOf(review.id)} onGo={onGo} onEdit={onEdit} />
        </li>
      ))}
    </ol>
  );
}

interface ReviewCardProps extends Pick<ReviewsProps, "nameOf" | "onGo" | "onEdit"> {
  review: Review;
  title: string;
}

const ReviewCard = memo(function ReviewCard({ review, nameOf, title, onGo, onEdit }: ReviewCardProps) {
  const keep = useAct("keep_mine");
  const revert = useAct("revert");
  const remove = useAct("remove");
  const { id, aspect, why } = review;
  const isBusy = keep.isPending || revert.isPending || remove.isPending;
  const target = { target: id, aspect };
  const words = (content: readonly Inline[]) => wordsOf(content, nameOf);
  const [before, now] = compare(words(review.old), words(review.new));
  const [, mine] = compare(words(review.new.length > 0 ? review.new : review.old), words(review.mine));
  const isOwn = id.startsWith("own/");

  const column = (name: string, pieces: { text: string; isDifferent: boolean }[]) => (
    <div className="review-text">
      <h4>{name}</h4>
      <p className="selectable">
        {pieces.map((piece, at) => (piece.isDifferent ? <mark key={at}>{piece.text}</mark> : piece.text))}
        {pieces.length === 0 && <span className="quiet">（无）</span>}
      </p>
    </div>
  );
  const button = (label: string, act: () => void, isPrimary = false) => (
    <Button size="small" type={isPrimary ? "primary" : "default"} disabled={isBusy} onClick={act}>
      {label}
    </Button>
  );
  return (
    <article className="review" aria-label={`复核：${title}`}>
      <header>
        <button type="button" className="link-button" onClick={() => onGo(id)}>
          {title}
        </button>
        <span className="quiet">{aspects[aspect] ?? ""}</span>
      </header>
      <p className="quiet">{reasons[why]}</p>
      {why !== "moved" && (
        <div className="review-texts">
          {review.old.length > 0 && column("修改时的原文", before)}
          {review.new.length > 0 && column("现在生成的", now)}
          {column("我的", mine)}
        </div>
      )}
      <footer>
        <Writes>
          {why === "vanished" ? (
            <>
              {aspect !== "own" && aspect !== "title" && button("保留为自己的段落", () => keep.mutate(target), true)}
              {button("放弃", () => (isOwn ? remove.mutate({ target: id }) : revert.mutate(target)))}
            </>
          ) : (
            <>
              {button(why === "moved" ? "就放在这里" : "保留我的", () => keep.mutate(target), true)}
              {!isOwn && button("用新的", () => revert.mutate(target))}
              {button(isOwn && why === "moved" ? "查看" : "编辑", () => onEdit(id))}
            </>
          )}
        </Writes>
      </footer>
    </article>
  );
});
