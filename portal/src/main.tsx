import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/queries.ts';
import { LanguageProvider } from './language/language.tsx';
import { router } from './router.tsx';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import './styles/content.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no place for the portal');
createRoot(root).render(
  <LanguageProvider>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </LanguageProvider>,
);
