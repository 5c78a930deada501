import * as z from 'zod';

/** The three classes of cloud services of clause 五-(二). Their ratios are data of the annual plan. */
export const categories = {
  infrastructure: { zh: '基础设施类云服务', en: 'Infrastructure', clause: '五-(二)-1' },
  'business-application': { zh: '业务应用服务', en: 'Business applications', clause: '五-(二)-2' },
  'platform-system': { zh: '平台系统类服务', en: 'Platform systems', clause: '五-(二)-3' },
} as const satisfies Record<string, { zh: string; en: string; clause: string }>;

export type Category = keyof typeof categories;

/** One of the 16 kinds of clause 五-(二), with the notice's own description. */
export interface KindEntry {
  readonly category: Category;
  readonly zh: string;
  readonly en: string;
  readonly descriptionZh: string;
}

/** The 16 kinds of services of clause 五-(二), in its order. */
export const kinds = {
  computing: {
    category: 'infrastructure',
    zh: '计算资源服务',
    en: 'Computing',
    descriptionZh: '使用云平台的各种弹性计算服务，实现计算资源集中管理、动态分配、弹性扩展和运维减负。',
  },
  storage: {
    category: 'infrastructure',
    zh: '存储资源服务',
    en: 'Storage',
    descriptionZh: '使用云平台的块存储、对象存储等云存储服务，提高数据存储的经济性、安全性和可靠性。',
  },
  network: {
    category: 'infrastructure',
    zh: '网络资源服务',
    en: 'Network',
    descriptionZh: '使用云平台的虚拟专有云、虚拟专有网络、负载均衡等网络服务，高效安全利用云平台网络资源。',
  },
  security: {
    category: 'infrastructure',
    zh: '安全防护服务',
    en: 'Security',
    descriptionZh:
      '使用云上主机安全防护、网络攻击防护、应用防火墙、密钥/证书管理、数据加密保护等安全服务，提高信息安全保障能力。',
  },
  collaboration: {
    category: 'business-application',
    zh: '协同办公服务',
    en: 'Collaboration',
    descriptionZh: '使用邮件、会议、通信等云服务，形成维护成本低、服务效率高的办公系统，提高办公效率。',
  },
  'business-management': {
    category: 'business-application',
    zh: '经营管理应用服务',
    en: 'Business management',
    descriptionZh: '使用企业人力资源管理、行政管理、财务管理等云服务，提高企业经营管理的科学性和效率。',
  },
  'operations-management': {
    category: 'business-application',
    zh: '运营管理服务',
    en: 'Operations management',
    descriptionZh: '使用采购管理、生产管理、销售管理、供应链管理、客户资源管理等云服务，提升企业运营管理水平。',
  },
  'rd-and-design': {
    category: 'business-application',
    zh: '研发设计服务',
    en: 'R&D and design',
    descriptionZh: '使用计算机辅助设计、产品开发等云服务，在云端部署开发、设计环境，提升研发效率和创新水平。',
  },
  'production-control': {
    category: 'business-application',
    zh: '生产控制服务',
    en: 'Production control',
    descriptionZh: '通过MES（制造执行系统）、生产数据等系统上云，优化生产控制流程，提升生产效率和水平。',
  },
  'intelligent-applications': {
    category: 'business-application',
    zh: '智能应用服务',
    en: 'Intelligent applications',
    descriptionZh: '整合企业全局数据，打造智能研发、智能生产、智能营销、智能服务等智能应用，提升企业智能化水平。',
  },
  database: {
    category: 'platform-system',
    zh: '数据库服务',
    en: 'Database',
    descriptionZh: '利用云数据库系统，实现各类数据跨平台、跨业务的协同管理。',
  },
  'big-data-analytics': {
    category: 'platform-system',
    zh: '大数据分析服务',
    en: 'Big data analytics',
    descriptionZh: '利用云端大数据平台推动数据资源集聚，进行数据采集、存储、分析、挖掘和协同应用。',
  },
  middleware: {
    category: 'platform-system',
    zh: '中间件平台服务',
    en: 'Middleware',
    descriptionZh: '利用云上中间件服务，构建分布式系统架构，满足“互联网+”转型的需要。',
  },
  iot: {
    category: 'platform-system',
    zh: '物联网平台服务',
    en: 'Internet of things',
    descriptionZh: '将海量物联网终端设备接入云平台，实现设备高效可视化在线管理。',
  },
  'software-development': {
    category: 'platform-system',
    zh: '软件开发平台服务',
    en: 'Software development',
    descriptionZh:
      '通过云上开发平台进行软件生命周期管理，快速构建开发、测试、运行环境，规范开发流程、降低成本、提高效率。',
  },
  ai: {
    category: 'platform-system',
    zh: '人工智能平台服务',
    en: 'Artificial intelligence',
    descriptionZh: '利用云平台的计算资源，形成语音识别、图像识别、人脸识别等智能服务能力，提升业务智能化水平。',
  },
} as const satisfies Record<string, KindEntry>;

export type Kind = keyof typeof kinds;

export const categorySchema = z.enum(Object.keys(categories) as Category[]);
export const kindSchema = z.enum(Object.keys(kinds) as Kind[]);

/** The class a kind belongs to, which decides its ratio. */
export const categoryOf = (kind: Kind): Category => kinds[kind].category;
