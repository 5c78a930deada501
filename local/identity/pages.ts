/** The few pages a person sees: Chinese first, English second, readable without style or script. */

export function signInPage(options: {
  action: string;
  username: string;
  /** Set after a failed attempt. */
  failed: boolean;
  accounts: readonly { username: string; name: string; office?: string }[];
}): string {
  const failure = options.failed
    ? '<p id="failure" role="alert">用户名或密码不正确。<span lang="en">Wrong username or password.</span></p>'
    : '';
  const described = options.failed ? ' aria-invalid="true" aria-describedby="failure"' : '';
  const focus = (field: boolean) => (field ? ' autofocus' : '');
  const accounts = options.accounts
    .map(({ username, name, office }) => {
      const who = office ? `${office} ${name}` : name;
      return `<tr><td><code>${escapeHtml(username)}</code></td><td>${escapeHtml(who)}</td></tr>`;
    })
    .join('');
  return page(
    '登录',
    'Sign in',
    `${failure}
<form method="post" action="${escapeHtml(options.action)}">
<label for="username">用户名 <span lang="en">Username</span></label>
<input id="username" name="username" value="${escapeHtml(options.username)}" autocomplete="username" autocapitalize="none"
 spellcheck="false" required${described}${focus(options.username === '')}>
<label for="password">密码 <span lang="en">Password</span></label>
<input id="password" name="password" type="password" autocomplete="current-password" required${described}${focus(options.username !== '')}>
<p><button type="submit">登录 <span lang="en">Sign in</span></button>
<button type="submit" formaction="${escapeHtml(options.action)}/cancel" formnovalidate>取消 <span lang="en">Cancel</span></button></p>
</form>
<table><caption>演示账号 <span lang="en">Demo accounts</span></caption>
<thead><tr><th scope="col">用户名 <span lang="en">Username</span></th><th scope="col">姓名 <span lang="en">Name</span></th></tr></thead>
<tbody>${accounts}</tbody></table>`,
  );
}

/** `form` is the hidden form of the library, which the buttons send. */
export function signOutPage(form: string): string {
  return page(
    '退出登录',
    'Sign out',
    `<p>要退出登录吗？<span lang="en">Do you want to sign out?</span></p>
${form}
<p><button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>退出 <span lang="en">Sign out</span></button>
<button type="submit" form="op.logoutForm">保持登录 <span lang="en">Stay signed in</span></button></p>`,
  );
}

export function signedOutPage(): string {
  return page('已退出登录', 'Signed out', '<p>可以关闭此页面。<span lang="en">You can close this page.</span></p>');
}

export function errorPage(error: string, description: string | undefined): string {
  return page(
    '无法登录',
    'Cannot sign in',
    `<p role="alert">请求不正确，请返回应用重试。<span lang="en">The request is not right. Go back to the application and try again.</span></p>
<p><code>${escapeHtml(error)}</code> <span lang="en">${escapeHtml(description ?? '')}</span></p>`,
  );
}

function page(zh: string, en: string, content: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${zh} ${en}</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
main { max-width: 26rem; margin: 3rem auto; padding: 0 1rem; }
label, input { display: block; width: 100%; box-sizing: border-box; }
label { margin-top: 1rem; }
input, button { font: inherit; padding: 0.5rem 0.75rem; min-height: 2.75rem; }
table { width: 100%; margin-top: 2rem; border-collapse: collapse; text-align: left; }
caption { text-align: left; font-weight: bold; }
th, td { padding: 0.25rem 0.5rem 0.25rem 0; border-bottom: 1px solid GrayText; }
[role='alert'] { border-left: 0.25rem solid; padding-left: 0.75rem; }
</style>
</head>
<body>
<main>
<h1>${zh} <span lang="en">${en}</span></h1>
${content}
</main>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
