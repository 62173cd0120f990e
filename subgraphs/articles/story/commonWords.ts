/** Stop words: in a small archive, the number of stories that contain a word does not identify them. */
import { fold } from './fold.ts';

const words = `
  a about above after again against all almost also although always among an and another any anyone are around as at away be
  because been before began behind being below between beyond both but by can cannot could did do does doing done down during each
  either else enough even ever every everyone few for from further get gets getting given go going got had has have having he her
  here hers him himself his how however i if in into is it its itself just last least less let like made make makes making many may
  maybe me might more most much must my near need needs neither never next no nobody none nor not nothing now of off often on once
  one only or other others our out over own per rather really said same say says see seen several shall she should since so some
  someone something soon still such than that the their theirs them themselves then there these they thing things this those though
  through to today together told too took toward two under until up upon us use used using very want wants was way ways we well went
  were what when where whether which while who whole whom whose why will with within without would year years yes yesterday yet you
  your yours
  aber als am an auch auf aus bei bis das dass dem den der des die doch ein eine einem einen einer er es für habe haben hat ich ihr im
  ist kann mit nach nicht noch nur oder sich sie sind so über um und uns von vor war was wenn werden wie wird wir zu zum zur
  au aux avec ce ces cette comme dans de des du elle elles en est et eux il ils je la le les leur lui mais même mes mon ne nos notre
  nous on ont ou où par pas plus pour qu que qui sa sans se ses son sont sur ta te tu un une vos votre vous été être avoir fait
  al algo como con del desde donde ella ellas ellos era eran eres es esa ese eso esta este esto están está fue han hasta hay la las lo
  los más muy nada ni nos o otra otro para pero por porque pues según ser si sin sobre su sus también tan tanto tiene todo todos una
  uno unos y ya
  alla alle anche che chi ci come cosa cui da dal dalla dei del della delle dello di dove e fra gli ha hanno i il io ma mi ne nel
  nella nello noi non o per perché più quale quando quella quello questa questo se si sono sua sue suo sui sul sulla ti tra un una voi
  ao aos à às com da das do dos e ela ele em entre era essa esse esta este eu foi isso já mais mas na nas no nos não o os ou para
  pela pelo por quando que quem são se sem ser seu seus sua suas só também tem uma você
  aan bij dan dat de deze die dit door een en er haar heb heeft het hij hun ik in is je kan maar meer met naar niet nog of om ons ook
  op over te tot uit van veel voor wat we werd wordt zal ze zich zijn zo zou
  att av blev de dem den det detta där efter eller en ett finns från för ha han har hon hur i in inte jag kan med men mot ni nu när och
  om på sin ska som så till under upp ut var vi vid är
  af at blev da de den der det dig eller en er et for fra han har hun hvad i ikke jeg kan med men mig når og også om op på sig skal som
  til ud var ved vil
  а без более был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее если есть еще же за здесь и из
  или им их к как ко когда кто ли либо мне может мы на надо наш не него нее нет ни них но ну о об однако он она они оно от очень по под
  при с со так также такой там те тем то того тоже той только том ты у уже хотя чего чей чем что чтобы эта эти это я
  або але був була були було бути в вже ви від він вона вони воно все для до з за зі і із й його її їх на не ні них однак по при про
  та так також там те ти то тому у цей ця це ці чи що щоб як якщо
  albo ale bo by być był była było były co czy dla do gdy go i ich jak jako jego jej jest już ma może na nad nie o od oraz po pod
  przez przy są się ta tak tam te tego ten to tym w we z za ze że
  ve bir bu da de için ile olarak olan daha çok gibi kadar ama ya ne o her`;

const common = new Set(words.trim().split(/\s+/).map(fold));

export const isCommon = (term: string): boolean => common.has(term);
