import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// What is drawn here and nothing else of the library: everything more would be loaded by everybody who sees a chart.
use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

/** `columns` stand side by side, `stack` on each other; `rows` lie beside long names, `stacked-rows` end to end; `lines` go over a time. */
export type Shape = 'columns' | 'stack' | 'rows' | 'stacked-rows' | 'lines';

export interface DrawnSeries {
  readonly title: string;
  /** One for each label; a gap where there is none. */
  readonly values: readonly (number | null)[];
  /** Not measured but expected. */
  readonly expected?: boolean;
}

/** Everything of a drawing in figures and texts. */
export interface Drawing {
  readonly shape: Shape;
  readonly labels: readonly string[];
  readonly series: readonly DrawnSeries[];
  /** A value as its axis and its hint say it. */
  readonly say: (value: number) => string;
  /** A limit that is drawn across. */
  readonly limit?: { readonly title: string; readonly value: number };
}

/** Each at least 3 : 1 against the sheet and apart from its neighbours in lightness too. */
const COLOURS = ['#1b6a7c', '#b87a26', '#12343b', '#a3312a', '#5c7f3b', '#6d5a86', '#8a8474'];
const INK = '#17262b';
const INK_SOFT = '#4d5f65';
const LINE = '#ebe7dc';

/** Draws into an element, again when it changes its size, until it is let go of. */
export function draw(element: HTMLElement, drawing: Drawing): () => void {
  const chart = init(element, undefined, { renderer: 'canvas' });
  const { fontFamily } = getComputedStyle(element);
  show(chart, drawing, fontFamily);
  const sizes = new ResizeObserver(() => chart.resize());
  sizes.observe(element);
  return () => {
    sizes.disconnect();
    chart.dispose();
  };
}

function show(chart: EChartsType, { shape, labels, series, say, limit }: Drawing, fontFamily: string): void {
  const lies = shape === 'rows' || shape === 'stacked-rows';
  const stacks = shape === 'stack' || shape === 'stacked-rows';
  const text = { color: INK_SOFT, fontFamily, fontSize: 12 };
  const names = {
    type: 'category',
    data: labels,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: INK_SOFT } },
    axisLabel: { ...text, hideOverlap: !lies, ...(lies ? { interval: 0 } : {}) },
    ...(lies ? { inverse: true } : {}),
  };
  const values = {
    type: 'value',
    axisLabel: { ...text, formatter: say, hideOverlap: true },
    splitLine: { lineStyle: { color: LINE } },
    splitNumber: 4,
  };
  chart.setOption({
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 400,
    color: COLOURS,
    textStyle: { fontFamily, color: INK },
    grid: { left: 4, right: 18, top: series.length > 1 ? 40 : 16, bottom: 4, outerBoundsMode: 'same' },
    ...(series.length > 1
      ? {
          legend: { type: 'plain', top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { ...text, color: INK } },
        }
      : {}),
    // Drawn, not written as HTML: the content security policy allows no style that comes with a text.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      axisPointer: { type: shape === 'lines' ? 'line' : 'shadow' },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? say(value) : '–'),
      textStyle: { fontFamily, fontSize: 13, color: INK },
    },
    xAxis: lies ? values : names,
    yAxis: lies ? names : values,
    series: series.map(({ title, values: of, expected }, index) => ({
      name: title,
      data: of,
      ...(shape === 'lines'
        ? { type: 'line', symbolSize: 7, lineStyle: { width: 2.5, type: expected ? 'dashed' : 'solid' } }
        : {
            type: 'bar',
            barMaxWidth: 34,
            ...(stacks ? { stack: 'all', itemStyle: { borderColor: '#fffefb', borderWidth: 1 } } : {}),
          }),
      ...(limit && index === 0
        ? {
            markLine: {
              symbol: 'none',
              silent: true,
              lineStyle: { color: COLOURS[3], type: 'dashed', width: 1.5 },
              label: { formatter: limit.title, position: 'insideEndTop', color: COLOURS[3], fontFamily },
              data: [lies ? { xAxis: limit.value } : { yAxis: limit.value }],
            },
          }
        : {}),
    })),
  });
}
