import type { ReactNode } from 'react';
import { useWorkTexts } from '../language/language.tsx';
import { Loading } from './states.tsx';

/** Shows what needs the texts of work when they are there: they are no part of what the public loads first. */
export const WorkTexts = ({ children }: { readonly children: ReactNode }) => (useWorkTexts() ? children : <Loading />);
