import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Button } from '../components/button.tsx';
import { Empty } from '../components/states.tsx';
import { useLanguage } from '../language/language.tsx';
import { completeSignIn, signIn } from '../session/session.ts';

/** Where the issuer sends a person back to: trades the code for tokens and goes on to where they were. */
export default function SignedInPage() {
  const { strings } = useLanguage();
  const navigate = useNavigate();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    completeSignIn().then(
      (returnTo) => navigate({ href: returnTo, replace: true }),
      () => setFailed(true),
    );
  }, [navigate]);
  const text = strings.signedIn;
  return failed ? (
    <Empty title={text.failed} text={text.failedText}>
      <Button onClick={() => signIn('/mine')}>{text.again}</Button>
    </Empty>
  ) : (
    <p role="status" className="loading">
      {text.working}
    </p>
  );
}
