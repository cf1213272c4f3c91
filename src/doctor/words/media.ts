import type { Words } from '../words.ts';

export const mediaWords = {
  'what.worker': { zh: '媒体进程', en: 'media worker' },
  'what.ports': { zh: '媒体端口', en: 'media ports' },
  'what.trip': { zh: '媒体往返', en: 'media round trip' },
  'what.cluster': { zh: 'LiveKit 集群', en: 'LiveKit cluster' },
  'what.engine': { zh: '媒体引擎', en: 'media engine' },
  'engine.none': {
    zh: 'MEDIA_ENGINE=none：没有房间，通话为点对点',
    en: 'MEDIA_ENGINE=none: there are no rooms, calls go peer to peer',
  },
  'worker.ok': { zh: '{path}（自行构建）', en: '{path}, our own build' },
  'worker.stock': {
    zh: '{path}（mediasoup 官方构建：没有 WHEP 与 /rtc/v1，每核转发较少；可运行 npm run build:worker）',
    en: "{path}, mediasoup's own build: no WHEP and no /rtc/v1, fewer packets a core; npm run build:worker makes ours",
  },
  'worker.missing': {
    zh: '没有媒体进程程序：请运行 npm run build:worker，或用 MEDIASOUP_WORKER_BIN 指定',
    en: 'there is none: run npm run build:worker, or name one in MEDIASOUP_WORKER_BIN',
  },
  'worker.no_program': {
    zh: '{path} 不是可执行程序：请更正 MEDIASOUP_WORKER_BIN 或删除它',
    en: '{path} is no program: correct MEDIASOUP_WORKER_BIN, or leave it out',
  },
  'worker.no_start': {
    zh: '无法启动（{reason}）：它可能是为别的系统构建的，请运行 npm run build:worker',
    en: 'does not start ({reason}): it may be built for another system, run npm run build:worker',
  },
  'ports.ok': {
    zh: '{ports}（UDP 与 TCP）空闲，服务启动后使用',
    en: '{ports}, UDP and TCP, are free for the server',
  },
  'ports.own': {
    zh: '{ports}（UDP 与 TCP）由运行中的服务使用',
    en: '{ports}, UDP and TCP, are in use, as they should be',
  },
  'ports.any': {
    zh: 'RTC_PORT=0：每次启动端口不同，防火墙无法按端口放行；请设置 RTC_PORT',
    en: 'RTC_PORT=0: each start takes other ports, which no firewall can know; set RTC_PORT',
  },
  'ports.taken': {
    zh: '{protocol} 端口 {port} 被其他程序占用：请停止它或更改 RTC_PORT',
    en: '{protocol} port {port} belongs to another program: stop it, or change RTC_PORT',
  },
  'ports.denied': {
    zh: '{protocol} 端口 {port} 不允许使用（{reason}）：请更改 RTC_PORT',
    en: '{protocol} port {port} may not be had ({reason}): change RTC_PORT',
  },
  'ports.not_listening': {
    zh: '运行中的服务没有监听 {protocol} 端口 {port}：请用当前配置重启服务',
    en: 'the running server does not listen on {protocol} port {port}: restart it with what is configured now',
  },
  'trip.ok': { zh: '{packets} 个包全部返回', en: 'all of {packets} packets came back' },
  'trip.lost': {
    zh: '{packets} 个包只返回 {arrived} 个：本机的媒体进程收发有问题，请检查本机防火墙与负载',
    en: 'of {packets} packets {arrived} came back: something on this machine stands between, look at its firewall and load',
  },
  'cluster.ok': { zh: '{url} 接受密钥', en: '{url} takes the key' },
  'cluster.key': {
    zh: '{url} 不接受密钥：请检查 LIVEKIT_API_KEY 与 LIVEKIT_API_SECRET，以及两端时钟',
    en: '{url} refuses the key: check LIVEKIT_API_KEY, LIVEKIT_API_SECRET and both clocks',
  },
  'cluster.unreachable': {
    zh: '{url} 无法使用（{reason}）：请检查 LIVEKIT_URL 与集群是否运行',
    en: '{url} cannot be used ({reason}): check LIVEKIT_URL and that the cluster runs',
  },
} satisfies Words;
