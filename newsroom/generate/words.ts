/** The words of made-up stories. */

const words = (text: string) => Object.freeze(text.trim().split(/\s+/));

export const nouns = words(`
  harbour council budget ferry bridge school market tram river storm museum stadium border treaty orchard forest library
  hospital station airport festival cable pipeline reactor satellite glacier vineyard bakery brewery quarry reservoir
  lighthouse observatory theatre orchestra gallery archive cathedral workshop foundry shipyard warehouse terminal depot
  tunnel canal embankment meadow estuary peninsula island village suburb district avenue square courtyard rooftop cellar
  engine battery turbine sensor antenna telescope compass ledger ballot petition verdict appeal ruling statute charter
  pension subsidy tariff dividend mortgage invoice harvest drought flood heatwave blizzard earthquake eruption eclipse`);

export const verbs = words(`
  delays reopens questions rejects approves welcomes studies measures repairs rebuilds expands closes inspects auctions
  borrows returns restores protects threatens surprises divides unites rewards punishes forgets remembers celebrates
  mourns examines challenges replaces outgrows abandons discovers names honours suspends renews funds taxes insures`);

export const subjects = words(`
  transport housing education farming fishing energy weather finance justice health science culture sport tourism
  shipping mining forestry defence diplomacy elections migration wages prices water waste`);

export const places = words(`
  Almsted Brackwater Calder Dunmere Eastholm Fairhaven Greywick Hollin Ironport Kestrel Lowmarsh Marrow Northgate
  Oldbridge Pennywell Quillport Ravenscar Saltmere Thornby Umberford Vessel Westerley Yarrow`);

export const endings = words(`
  Ada Bela Caro Dario Elin Femi Gita Hana Ivo Jonas Kaya Lior Mina Nadia Omar Petra Quentin Rosa Sami Tilda Umar Vera
  Wanda Xenia Yusuf Zora`);
