#!/usr/bin/env node
// What Maven and mvnw call for the page in src/main/frontend: `build`, `test`, `lint` or `watch`. Needs Node and its npm, nothing else.
// Installing and building are left out when nothing that they read has changed since they last succeeded.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const home = join(project, 'src/main/frontend')
const installed = { folder: join(home, 'node_modules'), stamp: join(home, 'node_modules/.roomcast') }
const built = { folder: join(project, 'target/frontend'), stamp: join(project, 'target/frontend.stamp') }
const windows = process.platform === 'win32'
// On Windows npm is a command file, which only a shell can start. The arguments are all ours.
const options = { cwd: home, stdio: 'inherit', shell: windows }

const steps = {
  build() {
    install()
    unlessFresh(built, sources(), 'run', 'build')
  },
  test() {
    install()
    npm('test')
  },
  lint() {
    install()
    npm('run', 'lint')
  },
  /** Builds on every edit, for as long as the process lives that started this one: mvnw, which becomes Maven. */
  watch() {
    const parent = process.ppid
    // The server takes the folder as it finds it when it starts.
    mkdirSync(built.folder, { recursive: true })
    install()
    // What a watch leaves behind may be half of an edit: the next build starts anew.
    rmSync(built.stamp, { force: true })
    const watch = spawn('npm', ['run', 'watch'], { ...options, detached: !windows })
    const end = () => process.kill(windows ? watch.pid : -watch.pid)
    watch.on('exit', (code) => process.exit(code ?? 0))
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
    setInterval(() => (process.ppid === parent && alive(parent)) || end(), 500)
  },
}

const step = process.argv[2]
if (!Object.hasOwn(steps, step ?? '')) {
  console.error('usage: frontend.mjs build | test | lint | watch')
  process.exit(2)
}
steps[step]()

function install() {
  unlessFresh(installed, ['package.json', 'package-lock.json'], 'ci', '--ignore-scripts')
}

function unlessFresh({ folder, stamp }, files, ...args) {
  const now = fingerprint(files)
  if (existsSync(folder) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  npm(...args)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, now)
}

function npm(...args) {
  const done = spawnSync('npm', args, options)
  if (done.error) console.error(`Cannot start npm (${done.error.code}): install Node.js 20 or newer.`)
  if (done.status !== 0) process.exit(done.status ?? 1)
}

function sources(folder = '') {
  return readdirSync(join(home, folder), { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .flatMap((entry) => (entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort()
}

function fingerprint(files) {
  const hash = createHash('sha256').update(process.version)
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(home, file)))
  return hash.digest('hex')
}

function alive(pid) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
