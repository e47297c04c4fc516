import { Component, type ReactNode } from "react";
import { asBackendError } from "../backend/error";
import { Failure } from "./Failure";

interface ErrorBoundaryProps {
  /** A change of this tries the children anew, such as another stage. */
  resetKey: string;
  children: ReactNode;
}

/** Keeps a fault of one page inside that page. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { thrown: unknown; failed: boolean }> {
  override state = { thrown: null as unknown, failed: false };

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown, failed: true };
  }

  override componentDidUpdate(before: ErrorBoundaryProps) {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.setState({ thrown: null, failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div style={{ padding: 16 }}>
        <Failure error={asBackendError(this.state.thrown)} onRetry={() => this.setState({ thrown: null, failed: false })} />
      </div>
    );
  }
}
