import type { Words } from '../words.ts';

export const addressWords = {
  'what.address': { zh: '对外地址', en: 'announced address' },
  'what.reach': { zh: '可达', en: 'reaching' },
  'what.stun': { zh: 'STUN', en: 'STUN' },
  'what.turn': { zh: 'TURN', en: 'TURN' },
  'address.own': { zh: '是本机地址', en: "is this machine's" },
  'address.seen': { zh: '是 STUN 看到的本机地址', en: 'is what STUN sees of this machine' },
  'address.unknown': {
    zh: '不是本机网卡地址，且没有 STUN 服务器可以询问外部看到的地址：以下面的可达检查为准，或设置 STUN_URLS',
    en: "is none of this machine's own, and no STUN server from outside tells what is: see whether it is reached below, or set STUN_URLS",
  },
  'address.other': {
    zh: '既不是本机地址，也不是 STUN 看到的 {seen}：请更正 RTC_ANNOUNCED_ADDRESS',
    en: "is neither this machine's nor what STUN sees, {seen}: correct RTC_ANNOUNCED_ADDRESS",
  },
  'address.no_host': {
    zh: '域名无法解析：请更正 RTC_ANNOUNCED_ADDRESS 或添加 DNS 记录',
    en: 'is a name that is not known: correct RTC_ANNOUNCED_ADDRESS or add the DNS record',
  },
  'address.local': {
    zh: '是内网地址：只有同一网络内的客户端可以到达',
    en: 'is private: it is reached from this network alone',
  },
  'address.private': {
    zh: '只有内网地址，外部客户端无法到达：请设置 RTC_ANNOUNCED_ADDRESS={seen}，并转发媒体端口',
    en: 'all are private, nobody outside reaches them: set RTC_ANNOUNCED_ADDRESS={seen} and forward the media ports',
  },
  'address.none': {
    zh: '本机没有可用的网络地址：请设置 RTC_ANNOUNCED_ADDRESS',
    en: 'this machine has none but its own loopback: set RTC_ANNOUNCED_ADDRESS',
  },
  'reach.ok': { zh: '应答 ICE 检查', en: "answers ICE's check" },
  'reach.nothing': {
    zh: '没有应答（{reason}）：请放行或转发该端口，或更正 RTC_ANNOUNCED_ADDRESS（路由器不支持从内网访问公网地址时也会如此）',
    en: 'nothing answers ({reason}): open or forward the port, or correct RTC_ANNOUNCED_ADDRESS (a router that does not lead back inward looks like this, too)',
  },
  'reach.other': {
    zh: '应答者不是此媒体进程：该地址属于另一台机器，请更正 RTC_ANNOUNCED_ADDRESS 或端口转发',
    en: 'who answers is not this media worker: the address belongs to another machine, correct RTC_ANNOUNCED_ADDRESS or the forwarding',
  },
  'reach.no_port': { zh: '端口被占用，无法检查', en: 'its port is taken' },
  'reach.no_tcp': {
    zh: '运行中的服务没有给出 TCP 候选：请查看其日志',
    en: 'the running server offered no candidate of it: look at its log',
  },
  'stun.ok': { zh: '看到的本机地址是 {address}', en: 'sees this machine as {address}' },
  'stun.silent': {
    zh: '没有应答（{reason}）：请检查 STUN_URLS 与防火墙（UDP 出站）',
    en: 'does not answer ({reason}): check STUN_URLS, and that UDP may leave',
  },
  'stun.not_one': {
    zh: '不是有效的地址：请更正 STUN_URLS',
    en: 'is no address of a STUN server: correct STUN_URLS',
  },
  'stun.none': { zh: '未设置 STUN_URLS', en: 'STUN_URLS is not set' },
  'turn.ok': { zh: '分配了中继地址 {address}', en: 'gave the relay address {address}' },
  'turn.none': {
    zh: '未设置 TURN_URLS：约五分之一的点对点通话与严格防火墙后的客户端需要它，见 docs/operate/turn.md',
    en: 'TURN_URLS is not set: about one call in five and clients behind strict firewalls need it, see docs/operate/turn.md',
  },
  'turn.credential': {
    zh: '拒绝凭据：TURN_SECRET 与其 static-auth-secret 不同，或两端时钟不一致',
    en: 'refuses the credential: TURN_SECRET is not its static-auth-secret, or one of the clocks is wrong',
  },
  'turn.refused': {
    zh: '拒绝分配（{code}）：请查看 TURN 服务器的日志与配额',
    en: 'refuses to relay ({code}): look at its log and its quotas',
  },
  'turn.silent': {
    zh: '没有应答（{reason}）：请检查 TURN_URLS、TURN 服务器是否运行，以及防火墙',
    en: 'does not answer ({reason}): check TURN_URLS, that the server runs, and the firewalls between',
  },
  'turn.certificate': {
    zh: '证书不可信（{reason}），客户端同样会拒绝：请为该域名配置受信任的有效证书',
    en: 'has a certificate that is not trusted ({reason}), clients will refuse it, too: give it a valid one for that name',
  },
  'turn.private': {
    zh: '分配的中继地址 {address} 是内网地址，外部客户端无法到达：请在 coturn 设置 external-ip',
    en: 'gives the relay address {address}, which is private: set external-ip in coturn',
  },
  'turn.dtls': { zh: 'TURN over DTLS，此工具不支持', en: 'is TURN over DTLS, which this cannot speak' },
  'turn.not_one': {
    zh: '不是有效的地址：请更正 TURN_URLS',
    en: 'is no address of a TURN server: correct TURN_URLS',
  },
} satisfies Words;
