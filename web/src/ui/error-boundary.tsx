import { Component, type ErrorInfo, type ReactNode } from 'react';
import { word } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';

/** A page that broke says so and can be loaded again; the regions outside of it stay. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main role="alert">
        <Empty icon="warn" title={word('error.crash')}>
          <Button kind="primary" onPress={() => location.reload()}>
            {word('error.reload')}
          </Button>
        </Empty>
      </main>
    );
  }
}
