import type { ButtonHTMLAttributes } from 'react';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `quiet`: one of many on a page. */
  readonly look?: 'main' | 'quiet' | 'plain';
}

export const Button = ({ look = 'main', type = 'button', className = '', ...rest }: ButtonProps) => (
  <button type={type} className={`button button-${look} ${className}`} {...rest} />
);
